//! Tables of a text, as HTML.

use std::ops::{Range, RangeInclusive};

use pulldown_cmark::{Alignment, Event, Tag, TagEnd};

use super::events::{Events, plain_text};
use super::private::is_private;
use super::writer::Writer;
use super::{MarkdownProblem, syntax};
use crate::diagnostics::Code;
use crate::html;

/// A table of so many columns can be stacked on a phone, where it is too tight: each row becomes a block of labelled cells.
/// Fewer columns fit, and more are numbers, which are compared side by side: such tables scroll.
const STACKED: RangeInclusive<usize> = 3..=4;

/// Where in a table the writer stands.
#[derive(Default)]
pub(super) struct Table {
    /// How its columns are aligned.
    columns: Vec<Alignment>,
    /// The column of the next cell.
    column: usize,
    /// Whether it is the head.
    head: bool,
    /// The names of its columns, where it can be stacked. A style sheet that stacks a table makes browsers forget that it is one:
    /// roles say so, and each cell carries the name of its column.
    labels: Option<Vec<String>>,
    /// Where the last cell ended.
    cell_end: usize,
    /// How many problems there were before the row.
    problems: usize,
}

impl<'a> Writer<'a> {
    /// A wide table scrolls in its box, which the keyboard has to reach for that.
    pub fn start_table(&mut self, alignments: Vec<Alignment>) {
        let stacked = STACKED.contains(&alignments.len());
        self.open.table.columns.clone_from(&alignments);
        self.open.table.labels = stacked.then(Vec::new);
        let label = html::escape(self.reading.schema.texts.get("table"));
        if stacked {
            self.raw(format!(
                r#"<div class="tablebox stack" role="group" aria-label="{label}" tabindex="0"><table role="table">"#,
            ));
        } else {
            self.raw(format!(r#"<div class="tablebox" role="group" aria-label="{label}" tabindex="0">"#));
            self.push(Tag::Table(alignments));
        }
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
        match self.open.table.labels {
            Some(_) => self.raw(r#"<thead role="rowgroup"><tr role="row">"#),
            None => self.push(Tag::TableHead),
        }
    }

    /// What follows are rows of values.
    pub fn end_head(&mut self) {
        self.open.quiet -= 1;
        self.open.table.head = false;
        match self.open.table.labels {
            Some(_) => self.raw("</tr></thead><tbody role=\"rowgroup\">\n"),
            None => self.events.push(Event::End(TagEnd::TableHead)),
        }
    }

    /// The end of a row. Cells for which the head has no column are not among the events, and would be gone.
    pub fn end_row(&mut self, span: &Range<usize>) {
        self.events.push(Event::End(TagEnd::TableRow));
        let from = self.open.table.cell_end.clamp(span.start, span.end);
        let rest = self.text[from..span.end].trim_matches(|c: char| c == '|' || c.is_whitespace());
        let is_lost = !rest.is_empty() && !is_private(rest, syntax(self.reading.schema).authors);
        if let Some(at) = self.text[from..span.end].find(rest).filter(|_| is_lost) {
            let lost = self.parted_by_cell(span).unwrap_or(from + at)..from + at + rest.len();
            let message = "the row has more cells than the head of the table, and these are on no page".to_string();
            self.lost(&lost, message, "give the head as many cells, or write `\\|` for a sign inside a cell");
        }
    }

    /// Where a wikilink or code begins that a `|` inside of it has cut in two. What was said of its beginning is taken back: the
    /// `|` is the cause.
    fn parted_by_cell(&mut self, row: &Range<usize>) -> Option<usize> {
        let (text, whole) = (self.text, self.global(row).start);
        let parted = |problem: &MarkdownProblem| {
            let at = row.start + problem.span.start.checked_sub(whole)?;
            let said = text.get(at..row.end).filter(|_| problem.code == Code::MarkdownUnread)?;
            let pairs = [("[[", "]]"), ("`", "`")];
            let inside = pairs.iter().find_map(|(open, close)| Some(said.strip_prefix(open)?.split_once(close)?.0))?;
            inside.replace("\\|", "").contains('|').then_some(at)
        };
        let of_row = self.out.problems.split_off(self.open.table.problems.min(self.out.problems.len()));
        let first = of_row.iter().filter_map(parted).min();
        self.out.problems.extend(of_row.into_iter().filter(|problem| parted(problem).is_none()));
        first
    }

    /// A row of values.
    pub fn start_row(&mut self) {
        self.open.table.column = 0;
        self.open.table.problems = self.out.problems.len();
        match self.open.table.labels {
            Some(_) => self.raw(r#"<tr role="row">"#),
            None => self.push(Tag::TableRow),
        }
    }

    /// The beginning of a cell. A class says how it is aligned, since pages may have no styles of their own.
    pub fn start_cell(&mut self, events: &mut Events<'a>) {
        let Table { columns, column, head, labels, .. } = &mut self.open.table;
        let alignment = columns.get(*column).copied().unwrap_or(Alignment::None);
        let (at, head) = (*column, *head);
        *column += 1;
        let mut attributes = String::new();
        if let Some(labels) = labels {
            attributes.push_str(if head { r#" role="columnheader""# } else { r#" role="cell""# });
            if head {
                labels.push(plain_text(events.rest(), TagEnd::TableCell));
            }
            // The first cell of a row is what the row is about.
            if let Some(label) = labels.get(at).filter(|label| !head && at > 0 && !label.is_empty()) {
                attributes.push_str(" data-label=\"");
                html::push_escaped(&mut attributes, label);
                attributes.push('"');
            }
        }
        // An empty head names nothing: readers are told of an ordinary cell.
        if head && matches!(events.rest().first(), Some((Event::End(TagEnd::TableCell), _))) {
            events.next();
            return self.raw(if attributes.is_empty() { "<td></td>" } else { r#"<td role="cell"></td>"# });
        }
        let class = match alignment {
            Alignment::None if attributes.is_empty() => return self.push(Tag::TableCell),
            Alignment::None => "",
            Alignment::Left => " class=\"align-left\"",
            Alignment::Center => " class=\"align-center\"",
            Alignment::Right => " class=\"align-right\"",
        };
        self.raw([if head { "<th" } else { "<td" }, &attributes, class, ">"].concat());
    }

    /// The end of a cell.
    pub fn end_cell(&mut self, span: &Range<usize>) {
        self.open.table.cell_end = span.end;
        match self.open.table {
            Table { labels: Some(_), head, .. } => self.raw(if head { "</th>" } else { "</td>" }),
            Table { labels: None, .. } => self.events.push(Event::End(TagEnd::TableCell)),
        }
    }
}
