//! The law of words: each word that is meant for readers is on the page, or a report points at it; and what is written for
//! authors alone is not. Two readers are compared who know nothing of the program: one of Markdown, one of HTML.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::path::Path;

use limber::markdown::{MarkdownText, PageIds, Reading, read};
use limber::model::body::{Filling, LinkTarget};
use limber::model::schema::Schema;
use limber::model::source::Source;
use limber::stages::declare::declare;
use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};

/// So many texts are tried where nothing else is said: `LIMBER_TEXTS`.
const TEXTS: u32 = 2000;

/// Pieces of which nasty texts are made. `@w` is a word for readers, `@p` one that only stands where nobody is to see it,
/// `@x` one that is part of an address or a name.
const PIECES: &[&str] = &[
    "@w ",
    "@w ",
    "@w ",
    "@w\n",
    "\n",
    "\n\n",
    "\n\n",
    "**@w**",
    "**",
    "*@w* ",
    "~~@w~~",
    "~~",
    "<!-- @p -->",
    "<!-- @p",
    "-->",
    "<!--",
    "--",
    "%%@p%%",
    "%%",
    "%% @p\n%%",
    "## @w {@w}\n",
    "## @w {#@x}\n",
    "### @w\n",
    "> ",
    "> @w\n",
    "> [!NOTE] @w\n> @w\n",
    "> [!tip]- **@w\n> @w**\n",
    "> [!other] @w\n",
    "- @w\n",
    "  - @w\n",
    "    @w\n",
    "\t",
    "  ",
    "1. @w\n",
    "- [ ] @w\n",
    "```\n@w\n```\n",
    "```\n",
    "~~~ @x\n",
    "`@w`",
    "`",
    "\n| @w | @w |\n|---|---|\n| @w | @w | @w |\n",
    "|",
    "[^1]",
    "[^2]",
    "\n[^1]: @w\n",
    "\n[^2]: @w[^1]\n",
    "\n: @w\n",
    "\n:@w\n",
    "\n:::@w\n",
    ":",
    "[[@x|@w]]",
    "[[@x\\|@w]]",
    "[@w](@x)",
    "![@w](@x.png)",
    "\n[@w]: @x\n",
    "[@w][@x]",
    "[",
    "]",
    "!",
    "<b>",
    "</b>",
    "<div>\n@w\n</div>\n",
    "<div>",
    "</div>",
    "\\",
    "&amp;",
    "&",
    "重要：**@w**：請",
    "**“@w”**中",
    "中\n文",
    "\n@w\n===\n",
    "\n---\n",
    "https://@x.example/@x_@x ",
    "==@w==",
    "$$ @w_a $$",
    "{{< @w >}}",
    "<https://@x.example>",
    "\u{a0}",
    "\"@w\" ",
    "'",
    "<!",
    ">",
    "@w{#@x}",
    " {",
    "}",
    "#",
    "www.@x.example ",
];

fn schema(site: &str) -> Schema {
    let (schema, problems) = declare(&Source::new("site.yaml", site), None, &[]);
    schema.filter(|_| problems.is_empty()).expect("the declaration is valid")
}

#[test]
fn no_word_is_lost_and_none_leaks_from_nasty_texts() {
    let number = |name: &str| std::env::var(name).ok().and_then(|value| value.parse().ok());
    let cases = number("LIMBER_TEXTS").map_or(TEXTS, |texts: u64| texts as u32);
    for (at, site) in
        ["title: t\nkinds: {note: {}}", "title: t\nkinds: {note: {}}\nmarkdown: {allow_html: true}"].iter().enumerate()
    {
        let seed = number("LIMBER_SEED").unwrap_or(20_260_829) + at as u64;
        eprintln!("seed {seed}, {cases} texts");
        let mut bytes = [0; 32];
        bytes[..8].copy_from_slice(&seed.to_le_bytes());
        let config = Config { cases, failure_persistence: None, max_shrink_iters: 5000, ..Config::default() };
        let mut runner = TestRunner::new_with_rng(config, TestRng::from_seed(RngAlgorithm::ChaCha, &bytes));
        let schema = schema(site);
        let reading = Reading {
            schema: &schema,
            blocks: &BTreeSet::new(),
            folder: "content/notes",
            policy: false,
            included: &[],
            values: Default::default(),
        };
        let texts = proptest::collection::vec(0..PIECES.len(), 1..24);
        let held = runner.run(&texts, |pieces| {
            let text = numbered(&pieces);
            let problem = nasty(&text, &read(&text, 0, &reading, &mut PageIds::default()), at == 1).err();
            problem.map_or(Ok(()), |problem| Err(TestCaseError::fail(format!("{problem} in\n{text}\n({text:?})"))))
        });
        if let Err(error) = held {
            panic!("seed {seed}: {error}");
        }
    }
}

/// What authors write between the words for readers.
const REMARKS: &[&str] =
    &["%%@p%%", "%%@p\n%%", "%%\n@p\n%%", "<!-- @p -->", "<!--@p-->", "%%@p%%<!--@p-->", " %%@p%% "];

#[test]
fn remarks_at_any_place_take_no_word_with_them() {
    let number = |name: &str| std::env::var(name).ok().and_then(|value| value.parse().ok());
    let cases = number("LIMBER_TEXTS").map_or(TEXTS, |texts: u64| texts as u32);
    let seed = number("LIMBER_SEED").unwrap_or(20_261_130);
    eprintln!("seed {seed}, {cases} texts");
    let mut bytes = [0; 32];
    bytes[..8].copy_from_slice(&seed.to_le_bytes());
    let config = Config { cases, failure_persistence: None, max_shrink_iters: 5000, ..Config::default() };
    let mut runner = TestRunner::new_with_rng(config, TestRng::from_seed(RngAlgorithm::ChaCha, &bytes));
    let schema = schema("title: t\nkinds: {note: {}}");
    let reading = Reading {
        schema: &schema,
        blocks: &BTreeSet::new(),
        folder: "content/notes",
        policy: false,
        included: &[],
        values: Default::default(),
    };
    let of_remarks = |piece: &&str| ["<!", "-->", "%%", "\\"].iter().any(|sign| piece.contains(sign));
    let plain: Vec<&str> = PIECES.iter().copied().filter(|piece| !of_remarks(piece)).collect();
    let places = proptest::collection::vec((any::<u16>(), 0..REMARKS.len()), 1..6);
    let texts = (proptest::collection::vec(0..plain.len(), 1..16), places);
    let held = runner.run(&texts, |(pieces, remarks)| {
        let mut text: String = pieces.iter().map(|piece| plain[*piece]).collect();
        let may_be_code = text.contains(['`', '\t']) || text.contains("~~~") || text.contains("    ");
        // Where the first line of a remark is code, its last line begins another one.
        let remarks = remarks.into_iter().filter(|(_, remark)| !may_be_code || !REMARKS[*remark].contains('\n'));
        for (place, remark) in remarks {
            let places: Vec<_> = text.char_indices().map(|(at, _)| at).filter(|at| is_between(&text, *at)).collect();
            if let Some(at) = (!places.is_empty()).then(|| places[usize::from(place) % places.len()]) {
                text.insert_str(at, REMARKS[remark]);
            }
        }
        let text = numbered_text(text);
        let read = read(&text, 0, &reading, &mut PageIds::default());
        let page = page(&read);
        let undecided = read.problems.iter().any(|problem| problem.code.name() == "comment-open");
        let reported = |word: &Range<usize>| {
            read.problems.iter().any(|problem| problem.span.start <= word.start && word.end <= problem.span.end)
        };
        let lost = marked(&text, 'w').into_iter().find(|word| !page.contains(&text[word.clone()]) && !reported(word));
        match lost.filter(|_| !undecided) {
            Some(word) => Err(TestCaseError::fail(format!("the word {} is lost in\n{text}\n({text:?})", &text[word]))),
            None => Ok(()),
        }
    });
    if let Err(error) = held {
        panic!("seed {seed}: {error}");
    }
}

/// Whether a remark may begin at a place of a text: not between the parts of a word that is looked for, nor within another one,
/// nor in an address, which is all that a definition has.
fn is_between(text: &str, at: usize) -> bool {
    let (before, behind) = text.split_at(at);
    let rest = before.rsplit("\n").next().unwrap_or_default().len();
    if text[at - rest..].lines().next().is_some_and(|line| line.contains("]:")) {
        return false;
    }
    !before.ends_with(['@', '%', '-', '<', '!'])
        && private(text).iter().all(|range| !range.contains(&at))
        && !behind.starts_with('%')
}

/// A text of pieces in which every word is another one.
fn numbered(pieces: &[usize]) -> String {
    numbered_text(pieces.iter().map(|piece| PIECES[*piece]).collect())
}

fn numbered_text(mut text: String) -> String {
    let mut number = 0;
    while let Some(at) = text.find('@') {
        let kind = text[at + 1..].chars().next().unwrap_or('w');
        number += 1;
        text.replace_range(at..=at + kind.len_utf8(), &format!("{kind}{number}q"));
    }
    text
}

/// The words of a nasty text that begin with a letter, with their places.
fn marked(text: &str, kind: char) -> Vec<Range<usize>> {
    let words = text.match_indices(kind).filter_map(|(at, _)| {
        let digits = text[at + 1..].chars().take_while(char::is_ascii_digit).count();
        let end = at + 1 + digits;
        (digits > 0 && text[end..].starts_with('q')).then_some(at..end + 1)
    });
    words.collect()
}

/// What a reader sees of a text.
fn page(read: &MarkdownText) -> String {
    // What another entry is called where it is shown stands in the link to it.
    let called = read.body.embeds.iter().filter_map(|embed| embed.words.as_deref()).collect::<Vec<_>>().join(" ");
    // So does what a link without words of its own leads to.
    let titles = read.body.holes.iter().filter_map(|hole| match hole.what {
        Filling::Title(link) => match &read.body.links[link as usize].target {
            LinkTarget::Named(name) => Some(name.as_str()),
            _ => None,
        },
        _ => None,
    });
    // And what a link leads to by name is looked for later, with the heading there, and reported where nothing has that name.
    let named = read.body.links.iter().filter_map(|link| match &link.target {
        LinkTarget::Named(name) => Some([Some(name.as_str()), link.heading.as_deref()]),
        _ => None,
    });
    let named = named.flatten().flatten();
    visible(&read.body.html) + &called + " " + &titles.chain(named).collect::<Vec<_>>().join(" ")
}

fn nasty(text: &str, read: &MarkdownText, allows_html: bool) -> Result<(), String> {
    let page = page(read);
    let private = private(text);
    let reported = |word: &Range<usize>| {
        read.problems.iter().any(|problem| problem.span.start <= word.start && word.end <= problem.span.end)
    };
    let may_be_code = text.contains(['`', '\\', '\t']) || text.contains("~~~") || text.contains("    ");
    if may_be_code && !private.is_empty() {
        return Ok(()); // nobody can say what is private who does not know what is code
    }
    if allows_html && text.replace("<!--", "").contains("<!") {
        return Ok(()); // a declaration is HTML that nobody sees
    }
    let undecided = read.problems.iter().any(|problem| problem.code.name() == "comment-open");
    for word in marked(text, 'w').into_iter().filter(|word| !private.iter().any(|range| range.contains(&word.start))) {
        let (said, hidden) = (&text[word.clone()], undecided && !page.contains(&text[word.clone()]));
        if !page.contains(said) && !reported(&word) && !hidden {
            return Err(format!("the word {said} is lost"));
        }
    }
    for word in marked(text, 'p').into_iter().filter(|word| private.iter().any(|range| range.contains(&word.start))) {
        let said = &text[word];
        if !undecided && read.body.html.contains(said) {
            return Err(format!("the word {said} leaks"));
        }
    }
    Ok(())
}

/// What stands between the signs of comments and remarks, as anybody would see it who knows nothing of blocks.
fn private(text: &str) -> Vec<Range<usize>> {
    let (mut found, mut at) = (Vec::new(), 0);
    while let Some(begin) = ["<!--", "%%"].iter().filter_map(|open| text[at..].find(open)).min().map(|begin| at + begin)
    {
        let close = if text[begin..].starts_with('%') { "%%" } else { "-->" };
        let end = text[begin + 2..].find(close).map_or(text.len(), |end| begin + 2 + end + close.len());
        found.push(begin..end);
        at = end;
    }
    found
}

/// What a reader sees or hears of HTML: its texts, and the texts of pictures.
fn visible(html: &str) -> String {
    let mut out = String::new();
    for (number, part) in html.split('<').enumerate() {
        let is_tag = number > 0 && part.starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '/' | '!' | '?'));
        let (tag, text) = part.split_once('>').filter(|_| is_tag).unwrap_or(("", part));
        for attribute in [" alt=\"", " title=\""] {
            let value = tag.split(attribute).nth(1).and_then(|rest| rest.split('"').next()).unwrap_or_default();
            out.push(' ');
            out.push_str(value);
        }
        out.push_str(text);
    }
    let pairs = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&")];
    pairs.iter().fold(out, |out, (from, to)| out.replace(from, to))
}

/// The same for real texts: every Markdown file below the folders in `LIMBER_FOLDERS`, parted by `:`.
#[test]
fn no_word_is_lost_from_the_texts_of_a_folder() {
    let Ok(folders) = std::env::var("LIMBER_FOLDERS") else {
        eprintln!("not tried: no folders of Markdown are named by LIMBER_FOLDERS");
        return;
    };
    let (mut files, mut words, mut lost, mut warned) = (0, 0, Vec::new(), BTreeMap::<String, Vec<String>>::new());
    let schema = schema("title: t\nkinds: {note: {}}");
    let reading = Reading {
        schema: &schema,
        blocks: &BTreeSet::new(),
        folder: "content/notes",
        policy: false,
        included: &[],
        values: Default::default(),
    };
    for folder in folders.split(':') {
        for file in walkdir::WalkDir::new(folder).sort_by_file_name().into_iter().flatten() {
            if file.path().extension().is_none_or(|extension| extension != "md") {
                continue;
            }
            let Ok(text) = std::fs::read_to_string(file.path()) else { continue };
            let text = without_front_matter(&text);
            let read = read(text, 0, &reading, &mut PageIds::default());
            files += 1;
            for problem in &read.problems {
                let line = text[..problem.span.start].matches('\n').count() + 1;
                let shown = text.get(problem.span.clone()).unwrap_or_default();
                let place = format!("{}:{line}: {shown:?}", file.path().display());
                warned.entry(format!("{} {}", problem.code.name(), problem.message)).or_default().push(place);
            }
            let (all, missing) = real(text, &read);
            words += all;
            lost.extend(missing.into_iter().map(|word| format!("{}: {word}", Path::display(file.path()))));
        }
    }
    eprintln!("{files} files, {words} words, {} lost without a report", lost.len());
    for (message, places) in &warned {
        eprintln!("{} times: {message}", places.len());
        places.iter().take(8).for_each(|place| eprintln!("    {place}"));
    }
    lost.iter().take(300).for_each(|lost| eprintln!("lost: {lost}"));
    assert!(lost.is_empty());
}

fn without_front_matter(text: &str) -> &str {
    let behind = |fence: &str| text.strip_prefix(fence)?.split_once(&format!("\n{fence}")).map(|(_, rest)| rest);
    behind("---").or_else(|| behind("+++")).unwrap_or(text)
}

/// How many words a real text has for readers, and those that are neither on the page nor reported.
fn real(text: &str, read: &MarkdownText) -> (usize, Vec<String>) {
    let page = visible(&read.body.html);
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    tokens(&page).for_each(|(_, word)| *seen.entry(word).or_default() += 1);
    let squashed: String = page.chars().filter(|c| c.is_alphanumeric()).collect();
    let readable = for_readers(text);
    let (mut all, mut lost) = (0, Vec::new());
    for (at, word) in tokens(&readable) {
        all += 1;
        if let Some(count) = seen.get_mut(word).filter(|count| **count > 0) {
            *count -= 1;
            continue;
        }
        let reported = read.problems.iter().any(|problem| problem.span.contains(&at));
        if !reported && !squashed.contains(word) {
            let line = text[..at].matches('\n').count() + 1;
            lost.push(format!("line {line}: {word}"));
        }
    }
    (all, lost)
}

fn tokens(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    text.split_inclusive(|c: char| !c.is_alphanumeric()).filter_map(move |part| {
        let begin = at;
        at += part.len();
        let word = part.trim_end_matches(|c: char| !c.is_alphanumeric());
        (!word.is_empty()).then_some((begin, word))
    })
}

/// A text with spaces in the place of what is not for readers: comments, addresses, names of code, targets of wikilinks.
/// Every word stays where it is.
fn for_readers(text: &str) -> String {
    let mut out = text.as_bytes().to_vec();
    let mut blank =
        |range: Range<usize>| out[range].iter_mut().filter(|byte| **byte != b'\n').for_each(|byte| *byte = b' ');
    private(text).into_iter().for_each(&mut blank);
    let mut until = |open: &str, close: &str, keep_open: usize| {
        for (at, _) in text.match_indices(open) {
            let from = at + keep_open;
            let line = text[from..].find("\n\n").map_or(text.len(), |end| from + end);
            if let Some(end) = text[from..line].find(close) {
                blank(from..from + end);
            }
        }
    };
    until("](", ")", 2);
    until("][", "]", 2);
    until("[@", "]", 2);
    until("{#", "}", 1);
    for (at, _) in text.match_indices("http").chain(text.match_indices("www.")) {
        let end = text[at..].find(|c: char| c.is_whitespace() || c == ')').unwrap_or(text.len() - at);
        blank(at..at + end);
    }
    for (at, _) in text.match_indices("[[") {
        let end = text[at..].find("]]").map_or(at, |end| at + end);
        let words = text[at..end].find('|').map_or(end, |sign| at + sign);
        blank(at..words);
    }
    for (at, _) in text.match_indices('&') {
        let end = text[at..].find(';').filter(|end| *end < 12 && !text[at..at + end].contains([' ', '\n']));
        blank(at..at + end.unwrap_or(0));
    }
    let mut line_at = 0;
    for line in text.split_inclusive('\n') {
        let fence = line.trim_start_matches([' ', '>', '\t', '-', '*']);
        if fence.starts_with("```") || fence.starts_with("~~~") {
            blank(line_at..line_at + line.len());
        }
        if ["[x] ", "[X] "].iter().any(|mark| fence.starts_with(mark)) {
            let at = line_at + line.len() - fence.len();
            blank(at..at + 3);
        }
        let number = fence.len() - fence.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        let at = line_at + line.len() - fence.len();
        if number > 0 && fence[number..].starts_with(['.', ')']) {
            blank(at..at + number);
        }
        if fence.starts_with('[') && fence.contains("]: ") {
            blank(line_at..line_at + line.len());
        }
        let footnote = line.trim_start().starts_with("[^") || line.contains("[^");
        if footnote {
            for (at, _) in line.match_indices("[^") {
                let end = line[at..].find(']').unwrap_or(0);
                blank(line_at + at..line_at + at + end);
            }
        }
        if let Some(at) = line.find("[!").filter(|at| line[..*at].contains('>')) {
            let end = line[at..].find(']').unwrap_or(0);
            blank(line_at + at..line_at + at + end);
        }
        line_at += line.len();
    }
    String::from_utf8_lossy(&out).into_owned()
}
