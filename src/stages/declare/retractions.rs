//! `retractions`: which works were retracted, and which grades may not rest on them.

use super::{DeclarationReader, Mapping};
use crate::folders::table_path;
use crate::model::rule::Retractions;
use crate::model::schema::Schema;

/// Reads `{file: retractions.csv, graded: [grade]}`. Has to come behind kinds, relations and data blocks.
pub(super) fn retractions(
    site: &mut Mapping<'_>,
    schema: &Schema,
    reader: &mut DeclarationReader,
) -> Option<Retractions> {
    let mut map = reader.mapping(site.take("retractions")?);
    let mut retractions = Retractions::default();
    if let Some(at) = map.take("file") {
        match reader.text(&at).map(|text| table_path(&text)) {
            Some(Some(file)) => retractions.file = Some((file, at.path.clone())),
            Some(None) => {
                reader.needs(
                    &at,
                    "the file of retracted works has to be a table below `content/`".into(),
                    "`retractions.csv`",
                );
            }
            None => {}
        }
    }
    let names = schema.every_field();
    for at in map.take("graded").map_or_else(Vec::new, |at| at.items()) {
        let Some(name) = reader.text(&at) else { continue };
        if names.contains(&name.as_str()) {
            retractions.graded.push(name);
        } else {
            reader.unknown(&at, "field", &name, names.iter().copied());
        }
    }
    map.finish(reader);
    Some(retractions)
}
