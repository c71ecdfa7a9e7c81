//! Tables.

use pulldown_cmark::{Alignment, Event, Tag, TagEnd};

use super::events::Events;
use super::writer::Writer;

/// Where in a table the writer stands.
#[derive(Default)]
pub(super) struct Table {
    /// How its columns are aligned.
    columns: Vec<Alignment>,
    /// The column of the next cell.
    column: usize,
    /// Whether it is the head.
    head: bool,
}

impl<'a> Writer<'a> {
    /// A wide table scrolls in its box, which the keyboard has to reach for that.
    pub fn start_table(&mut self, alignments: Vec<Alignment>) {
        self.raw(r#"<div class="tablebox" role="group" aria-label="Table" tabindex="0">"#);
        self.open.table.columns.clone_from(&alignments);
        self.push(Tag::Table(alignments));
    }

    /// The end of the table and of its box.
    pub fn end_table(&mut self) {
        self.events.push(Event::End(TagEnd::Table));
        self.raw("</div>\n");
    }

    /// The row that names the columns.
    pub fn start_head(&mut self) {
        self.open.quiet += 1;
        self.open.table.head = true;
        self.open.table.column = 0;
        self.push(Tag::TableHead);
    }

    /// What follows are rows of values.
    pub fn end_head(&mut self) {
        self.open.quiet -= 1;
        self.open.table.head = false;
        self.events.push(Event::End(TagEnd::TableHead));
    }

    /// A row of values.
    pub fn start_row(&mut self) {
        self.open.table.column = 0;
        self.push(Tag::TableRow);
    }

    /// The beginning of a cell. A class says how it is aligned, since pages may have no styles of their own.
    pub fn start_cell(&mut self, events: &mut Events<'a>) {
        let Table { columns, column, head } = &mut self.open.table;
        let alignment = columns.get(*column).copied().unwrap_or(Alignment::None);
        let head = *head;
        *column += 1;
        // An empty head names nothing: readers are told of an ordinary cell.
        if head && matches!(events.rest().first(), Some((Event::End(TagEnd::TableCell), _))) {
            events.next();
            return self.raw("<td></td>");
        }
        let class = match alignment {
            Alignment::None => return self.push(Tag::TableCell),
            Alignment::Left => "align-left",
            Alignment::Center => "align-center",
            Alignment::Right => "align-right",
        };
        self.raw(format!("<{} class=\"{class}\">", if head { "th" } else { "td" }));
    }
}
