//! A page with one kind in rows and another in columns.

use std::collections::HashMap;

use super::{
    Drawing, entry,
    fill::Numbers,
    frame::{self, Frame},
    json_ld,
};
use crate::cards::text_or_none;
use crate::model::relation::End;
use crate::templates::{Values, count, list, map, none};

/// What the template of a matrix sees.
pub fn values(drawing: Drawing<'_>, number: usize, url: &str) -> Values {
    let site = drawing.site;
    let matrix = &site.schema.matrices[number];
    let (rows, columns) = (site.listed(matrix.rows), site.listed(matrix.columns));
    let edges = site.graph.edges(matrix.via);
    let row_is_one = matrix.end == End::One;
    let by_ends: HashMap<_, _> = edges
        .all
        .iter()
        .map(|edge| (if row_is_one { (edge.one, edge.other) } else { (edge.other, edge.one) }, edge))
        .collect();
    let ids = rows.clone();
    let rows = rows.into_iter().map(|row| {
        let cells = columns.iter().map(|column| {
            by_ends.get(&(row, *column)).map_or_else(none, |edge| {
                map([
                    ("data", entry::edge_data(drawing, matrix.via, edge, &Numbers::default())),
                    ("reason", text_or_none(site.reason(edge))),
                ])
            })
        });
        map([("entry", site.entry(row).card.value.clone()), ("cells", list(cells))])
    });
    let mut frame = Frame::made(site, "matrix", &matrix.title, url);
    if !matrix.intro.is_empty() {
        frame.description = format!("{}. {}", matrix.title, matrix.intro);
    }
    let changed = ids.iter().filter_map(|id| json_ld::changed(drawing, *id)).max();
    frame.json_ld = Some(json_ld::collection(drawing, url, &frame, (&ids, &(0..ids.len())), changed));
    let mut values = Values::default();
    values.set("page", frame::page(drawing, url, frame));
    values.set(
        "matrix",
        map([
            ("title", matrix.title.as_str().into()),
            ("intro", matrix.intro.as_str().into()),
            ("relation", count(usize::from(matrix.via.0))),
        ]),
    );
    values.set("rows", list(rows));
    values.set("columns", list(columns.iter().map(|column| site.entry(*column).card.value.clone())));
    values
}
