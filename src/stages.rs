//! The verbs, in the order in which they run. A stage is a function from values to values and the problems it found; it
//! prints nothing, keeps nothing, and knows no other stage.

pub mod audit;
pub mod declare;
pub mod load;
pub mod parse;
pub mod plan;
pub mod render;
pub mod resolve;
pub mod signed;
pub mod weigh;
pub mod write;
