//! Pages that cross the entries of two kinds.

use super::{DeclarationReader, DeclaredValue, Mapping, relations};
use crate::diagnostics::Code;
use crate::model::schema::{Matrix, Schema};
use crate::yaml::{MappingPart, Yaml};

/// Most cells that a matrix page may have unless it says otherwise.
const MATRIX_LIMIT: usize = 20_000;

/// Reads the matrix pages. Has to come behind kinds and relations, whose names they use.
pub(super) fn matrices(site: &mut Mapping<'_>, schema: &Schema, reader: &mut DeclarationReader) -> Vec<Matrix> {
    let items = site.take("matrices").map_or_else(Vec::new, |at| at.items());
    items.into_iter().filter_map(|at| matrix(at, schema, reader)).collect()
}

fn matrix(at: DeclaredValue<'_>, schema: &Schema, reader: &mut DeclarationReader) -> Option<Matrix> {
    let whole = at.clone();
    let mut map = reader.mapping(at);
    let url = map.take("url").and_then(|at| reader.site_url(&at));
    let title = map.text("title", reader);
    let intro = map.plain_text("intro", reader).unwrap_or_default();
    let mut one = |key, reader: &mut DeclarationReader| {
        let at = map.take(key)?;
        reader.kinds(&at, &schema.kinds).first().copied()
    };
    let (rows, columns) = (one("rows", reader), one("columns", reader));
    let via = map.take("via").and_then(|at| relations::named(&at, schema, reader));
    let limit = map.take("limit").and_then(|at| reader.count(&at)).unwrap_or(MATRIX_LIMIT);
    map.finish(reader);
    let missing = ["url", "rows", "columns", "via"].iter().filter(|key| whole.below_key(key).is_none());
    let missing: Vec<_> = missing.map(|key| format!("`{key}`")).collect();
    if !missing.is_empty() && matches!(whole.yaml, Yaml::Map(_) | Yaml::Null) {
        let example = "`{url: /topics-by-article/, rows: topic, columns: article, via: topic.articles}`";
        reader.needs(&whole, format!("a matrix needs {}", missing.join(", ")), example);
    }
    let (Some(url), Some(rows), Some(columns), Some((via, end))) = (url, rows, columns, via) else {
        return None; // reported
    };
    let relation = schema.relation(via);
    let end = if relation.side(end).kinds.contains(&rows) { end } else { end.across() };
    if !relation.side(end).kinds.contains(&rows) || !relation.side(end.across()).kinds.contains(&columns) {
        let at = whole.below_key("via").unwrap_or(whole);
        let help = "let `rows` and `columns` be the kinds of its two sides";
        let message = "the relation under `via` does not join these two kinds";
        reader.report(Code::SiteInvalid, &at.path, MappingPart::Value, message, &[help]);
        return None;
    }
    let title = title.unwrap_or_else(|| format!("{} × {}", schema.kind(rows).title, schema.kind(columns).title));
    Some(Matrix { url, title, intro, rows, columns, via, end, limit })
}
