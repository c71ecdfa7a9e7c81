//! What the declaration says of structured data: types and properties of <https://schema.org>.

use crate::model::condition::Conditions;
use crate::yaml::Yaml;

/// What programs are told of the entries of a kind and of their pages.
#[derive(Clone, Debug, PartialEq)]
pub struct SchemaOrg {
    /// The page of an entry.
    pub page: SchemaOrgThing,
    /// What the page is about, where it describes something that it is not wholly given to.
    pub about: Option<SchemaOrgThing>,
    /// The entry itself.
    pub main_entity: Option<SchemaOrgThing>,
    /// The type of the works that a page cites.
    pub citation: String,
    /// What all entries together are, and the property that lists them: for kinds that are shown on one page.
    pub set: Option<(String, String)>,
}

/// A thing with a type.
#[derive(Clone, Debug, PartialEq)]
pub struct SchemaOrgThing {
    /// `MedicalWebPage`, `PhysicalTherapy`.
    pub ty: String,
    /// Properties that are the same for every entry. A text that begins with `/` or `#` is an address.
    pub is: Vec<(String, Yaml)>,
    /// Properties that come from the entry, each from one or more places.
    pub from: Vec<(String, Vec<PropertySource>)>,
}

/// Where the value of a property comes from.
#[derive(Clone, Debug, PartialEq)]
pub struct PropertySource {
    /// A field, a relation, `title`, `aliases`, `summary` or `slug`.
    pub of: String,
    /// The type that each value is given, or `text`: then related entries are only named.
    pub ty: Option<String>,
    /// What related entries have to be like to count.
    pub only_where: Conditions,
    /// What the data of their edges has to be like.
    pub edges: Conditions,
    /// Properties of each related entry, with the fields that they come from.
    pub with: Vec<(String, String)>,
}

impl SchemaOrgThing {
    /// A thing of which only the type is known.
    pub fn of_type(ty: &str) -> Self {
        Self { ty: ty.to_string(), is: Vec::new(), from: Vec::new() }
    }
}

impl SchemaOrg {
    /// What an entry of the kind is, for others that name it.
    pub fn thing(&self) -> Option<&SchemaOrgThing> {
        self.main_entity.as_ref().or(self.about.as_ref())
    }
}
