//! The text below the front matter: headings, paragraphs, lists, tables, footnotes, links of every sort.

use super::random::Random;
use super::words::sentences;
use super::{Dialect, Known, Theme};

/// A text of 300 to 1,200 words that links to some of `known` and cites some of `works`.
pub fn body(random: &mut Random, known: &Known, dialect: Dialect, theme: Theme) -> String {
    let mut writing =
        Writing { known, dialect, cites: theme.cites() && dialect == Dialect::Limber, footnotes: Vec::new() };
    let mut left = random.between(300, 1200);
    let mut out = String::with_capacity(left * 7);
    out.push_str(&writing.paragraph(random, 40));
    left -= 40;
    out.push_str(&writing.citation(random, 2));
    out.push_str("\n\n");
    let mut section = 0;
    while left > 0 {
        section += 1;
        let level = if section % 3 == 0 { "###" } else { "##" };
        let heading = sentences(random, 4);
        out.push_str(&format!("{level} {}\n\n", heading.trim_end_matches('.')));
        let words = random.between(60, 180).min(left);
        left -= words;
        out.push_str(&writing.section(random, words));
    }
    for (number, note) in writing.footnotes.iter().enumerate() {
        out.push_str(&format!("[^{}]: {note}\n", number + 1));
    }
    out
}

struct Writing<'a> {
    known: &'a Known,
    dialect: Dialect,
    cites: bool,
    footnotes: Vec<String>,
}

impl Writing<'_> {
    fn section(&mut self, random: &mut Random, words: usize) -> String {
        let mut out = String::new();
        match random.below(10) {
            0 | 1 => {
                let items = random.between(3, 6);
                for _ in 0..items {
                    out.push_str(&format!("- {}\n", self.paragraph(random, (words / items).max(3))));
                }
            }
            2 => {
                out.push_str("| what | when | result |\n|---|---|---|\n");
                for _ in 0..random.between(3, 6) {
                    let cell = |random: &mut Random| sentences(random, 3);
                    out.push_str(&format!("| {} | {} | {} |\n", cell(random), cell(random), cell(random)));
                }
                out.push_str(&format!("\n{}\n", self.paragraph(random, words.saturating_sub(30).max(10))));
            }
            3 => out.push_str(&format!("> {}\n", self.paragraph(random, words))),
            4 => {
                let note = sentences(random, 12);
                self.footnotes.push(note);
                out.push_str(&format!("{}[^{}]\n", self.paragraph(random, words), self.footnotes.len()));
            }
            _ => {
                let half = words / 2;
                out.push_str(&format!("{}\n\n", self.paragraph(random, half.max(5))));
                out.push_str(&format!("{}{}\n", self.paragraph(random, half.max(5)), self.citation(random, 1)));
            }
        }
        out.push('\n');
        out
    }

    /// A paragraph with a link, a wikilink, a mention or some emphasis in it.
    fn paragraph(&self, random: &mut Random, words: usize) -> String {
        let mut out = sentences(random, words.div_ceil(2));
        out.push(' ');
        let (folder, slug, title, url) = random.pick(&self.known.entries);
        out.push_str(&match (random.below(8), self.dialect) {
            (0 | 1, Dialect::Limber) => format!("See [what others say](../{folder}/{slug}.md) of it. "),
            (2, Dialect::Limber) => format!("Read on at [[{folder}/{slug}]] first. "),
            (0 | 1, _) => format!("See [what others say]({url}) of it. "),
            (2, _) => format!("Read on at [{title}]({url}) first. "),
            (3 | 4, _) => format!("Many use a {} for this. ", title.to_lowercase()),
            (5, _) => "It is **not** the *same* as `rest`. ".to_string(),
            _ => String::new(),
        });
        out.push_str(&sentences(random, (words / 2).max(2)));
        out
    }

    fn citation(&self, random: &mut Random, count: usize) -> String {
        let works = &self.known.works;
        let first = random.below(works.len());
        let keys: Vec<_> = (0..count).map(|at| works[(first + at) % works.len()].as_str()).collect();
        if self.cites { format!(" [@{}]", keys.join("; @")) } else { format!(" ({})", keys.join("; ")) }
    }
}
