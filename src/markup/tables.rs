//! Writes tables as Markdown, for Markdown twins. Those that people write are read in `markdown/tables.rs`.

/// A table, row by row.
#[derive(Default)]
pub(super) struct WrittenTable {
    pub rows: Vec<Vec<String>>,
    /// Whether the first row names the columns.
    pub headed: bool,
}

impl WrittenTable {
    /// The lines of the table.
    pub fn shown(self) -> String {
        let columns = self.rows.iter().map(Vec::len).max().unwrap_or_default();
        if columns == 0 {
            return String::new();
        }
        let row = |cells: &[String]| {
            let cells = (0..columns).map(|at| cells.get(at).map_or("", String::as_str));
            format!("| {} |", cells.collect::<Vec<_>>().join(" | "))
        };
        let mut rows: Vec<String> = Vec::new();
        if !self.headed {
            rows.push(row(&[]));
        }
        rows.extend(self.rows.iter().filter(|cells| !cells.is_empty()).map(|cells| row(cells)));
        rows.insert(1, format!("|{}", " --- |".repeat(columns)));
        rows.join("\n")
    }
}
