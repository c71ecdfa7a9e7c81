//! Sites of an extreme shape, each for one way in which time could grow faster than the site.

use std::fs;
use std::io;
use std::path::Path;

use super::random::Random;
use super::words::{sentences, title};

/// A shape and what it looks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// One entry to which all others are related.
    Hub,
    /// So many terms in the vocabulary.
    Vocabulary,
    /// One page of so many times 50 words.
    LongPage,
    /// So many files in one folder.
    OneFolder,
    /// A matrix with this many cells.
    Matrix,
    /// An index grouped by a relation with as many groups as entries.
    Groups,
    /// So many headings of the same name on one page, links to all of them on another.
    Headings,
    /// So many data items in one file.
    DataFile,
}

impl Shape {
    /// All shapes.
    pub const ALL: [Self; 8] = [
        Self::Hub,
        Self::Vocabulary,
        Self::LongPage,
        Self::OneFolder,
        Self::Matrix,
        Self::Groups,
        Self::Headings,
        Self::DataFile,
    ];

    /// As the command line calls it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Hub => "hub",
            Self::Vocabulary => "vocabulary",
            Self::LongPage => "long-page",
            Self::OneFolder => "one-folder",
            Self::Matrix => "matrix",
            Self::Groups => "groups",
            Self::Headings => "headings",
            Self::DataFile => "data-file",
        }
    }

    /// The size that the program has to bear.
    pub fn full_size(self) -> usize {
        match self {
            Self::Hub => 50_000,
            Self::Vocabulary => 100_000,
            Self::LongPage => 16_000, // 5 MB
            Self::OneFolder => 10_000,
            Self::Matrix => 250_000, // 500 x 500
            Self::Groups => 10_000,
            Self::Headings => 20_000,
            Self::DataFile => 20_000,
        }
    }
}

/// Writes a site of this shape and size into a new folder.
///
/// # Errors
/// When a file cannot be written.
pub fn write(folder: &Path, shape: Shape, size: usize) -> io::Result<()> {
    for part in ["content/as", "content/bs", "templates/blocks"] {
        fs::create_dir_all(folder.join(part))?;
    }
    fs::write(folder.join("site.yaml"), site(shape))?;
    for (name, text) in TEMPLATES {
        fs::write(folder.join("templates").join(name), text)?;
    }
    let mut random = Random::new(7, 0);
    let entry = |kind: &str, number: usize, rest: &str| {
        let text = format!("---\ntitle: {}\n{rest}", title(number));
        fs::write(folder.join(format!("content/{kind}s/{kind}{number}.md")), text)
    };
    match shape {
        Shape::Hub => {
            entry("b", 0, "---\n")?;
            (0..size).try_for_each(|number| entry("a", number + 1, "bs: [b0]\n---\nA word.\n"))
        }
        Shape::Vocabulary => {
            let words: String =
                (0..size).map(|number| format!("t{number}: {{title: \"{}\"}}\n", title(number))).collect();
            fs::write(folder.join("content/terms.yaml"), words)?;
            (0..200).try_for_each(|number| {
                let mention = title(number * 31 % size).to_lowercase();
                entry("a", number, &format!("---\n{} A {mention} too.\n", sentences(&mut random, 300)))
            })?;
            fs::write(folder.join("content/glossary.md"), "---\ntitle: Glossary\n---\n```list\nentries: term\n```\n")
        }
        Shape::LongPage => {
            let mut text = String::from("---\n");
            for number in 0..size {
                let note = if number % 50 == 0 { format!("[^{number}]") } else { String::new() };
                text.push_str(&format!("{}{note} [[a{}]]\n\n", sentences(&mut random, 50), number % 100));
            }
            (0..size).step_by(50).for_each(|number| text.push_str(&format!("[^{number}]: A note.\n")));
            (0..100).try_for_each(|number| entry("a", number, "---\nA word.\n"))?;
            entry("b", 200, &text)
        }
        Shape::OneFolder => (0..size).try_for_each(|number| entry("a", number, "---\nA word.\n")),
        Shape::Matrix => {
            let side = size.isqrt();
            (0..side).try_for_each(|number| {
                let related: Vec<_> = (0..10).map(|at| format!("b{}", (number * 7 + at * 13) % side + side)).collect();
                entry("a", number, &format!("bs: [{}]\n---\n", related.join(", ")))?;
                entry("b", number + side, "---\n")
            })
        }
        Shape::Groups => (0..size).try_for_each(|number| {
            entry("a", number, &format!("bs: [b{}]\nword: word{number}\n---\n", number + size))?;
            entry("b", number + size, "---\n")
        }),
        Shape::Headings => {
            entry("a", 0, &format!("---\n{}", "## Same\n\n".repeat(size)))?;
            let links: String = (1..size).map(|number| format!("[x](../as/a0.md#same-{number})\n")).collect();
            entry("b", 1, &format!("---\n{links}"))
        }
        Shape::DataFile => {
            let items: String = (0..size)
                .map(|number| {
                    format!(
                        "t{number}: {{title: \"{}\", meaning: \"See [[t{}]].\"}}\n",
                        title(number),
                        (number * 7) % size
                    )
                })
                .collect();
            fs::write(folder.join("content/terms.yaml"), items)?;
            fs::write(folder.join("content/glossary.md"), "---\ntitle: Glossary\n---\n```list\nentries: term\n```\n")
        }
    }
}

fn site(shape: Shape) -> String {
    let (mut more, mut of_a, mut term_links) = (String::new(), "", "false");
    match shape {
        Shape::Vocabulary => term_links = "true",
        Shape::Matrix => {
            more = "matrices:\n  - {url: /matrix/, rows: a, columns: b, via: a.bs, limit: 100000000}\n".into();
        }
        Shape::Groups => of_a = ", regroup_by: [bs, word]",
        _ => {}
    }
    format!(
        "title: Hard\ndescription: A hard site.\nbase_url: https://hard.example/\nlanguage: en\nmarkdown: {{term_links: {term_links}}}\n\
         kinds:\n  a: {{plural: as, title: As, url: \"/as/{{slug}}/\", fields: {{word: {{type: text}}}}{of_a}}}\n  \
         b: {{plural: bs, title: Bs, url: \"/bs/{{slug}}/\"}}\n  \
         term: {{plural: terms, title: Terms, url: \"/glossary/#{{slug}}\", fields: {{meaning: {{type: markdown}}}}}}\n\
         relations:\n  - {{one: a.bs, other: b.as, labels: [Bs, As]}}\n{more}pages: {{search: false, not_found: false, sources: false}}\n"
    )
}

const TEMPLATES: [(&str, &str); 5] = [
    (
        "entry.html",
        "<h1>{{ entry.title }}</h1>{{ entry.body }}{% for group in entry.related %}<ul>{% for edge in group.edges %}\
         <li><a href=\"{{ edge.entry.url }}\">{{ edge.entry.name }}</a></li>{% endfor %}</ul>{% endfor %}",
    ),
    (
        "index.html",
        "<h1>{{ page.title }}</h1>{% if groups %}{% for group in groups %}<h2>{{ group.title }}</h2>{% for entry in group.entries %}\
         {{ entry.name }} {% endfor %}{% endfor %}{% else %}{% for entry in entries %}{{ entry.name }} {% endfor %}{% endif %}",
    ),
    (
        "matrix.html",
        "<table>{% for row in rows %}<tr><th>{{ row.entry.name }}</th>{% for cell in row.cells %}<td>{% if cell %}x{% endif %}</td>\
         {% endfor %}</tr>{% endfor %}</table>",
    ),
    ("a-z.html", "{% for letter in letters %}{% for item in letter.items %}{{ item.title }} {% endfor %}{% endfor %}"),
    (
        "blocks/list.html",
        "{% for entry in entries %}<p id=\"{{ entry.slug }}\">{{ entry.fields.meaning }}</p>{% endfor %}",
    ),
];
