//! The nouns, in the order in which they come to be. Nothing here reads, writes or knows a stage.

pub mod asset;
pub mod body;
pub mod choices;
pub mod cited;
pub mod condition;
pub mod destination;
pub mod doc;
pub mod due;
pub mod embeds;
pub mod facts;
pub mod fields;
pub mod graph;
pub mod hosts;
pub mod keys;
pub mod options;
pub mod order;
pub mod plan;
pub mod reach;
pub mod schema;
pub mod schema_org;
pub mod site;
pub mod source;
pub mod texts;
pub mod theme;
pub mod value;
