//! What only a browser knows of Outside Lane: whether people can see, reach, read and print it.

#[path = "../unable/mod.rs"]
mod unable;
#[path = "../webdriver/mod.rs"]
mod webdriver;

mod accessibility;
mod addresses;
mod contrast;
mod every_page;
mod keyboard;
mod neutral;
mod paper;
mod phone;
mod print;
mod scripts;
mod search;
mod server;
mod site;
mod stillness;
mod survey;
mod tools;
mod validity;
mod weight;
