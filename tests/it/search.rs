//! The index of the search page: what is in it, and how its script finds things in it.

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::fs;
use std::path::Path;
use std::process::Command;

use expect_test::expect;
use limber::engine::Engine;
use limber::model::options::Options;
use limber::search;
use limber::timings::Timings;
use serde_json::Value;

use crate::harness::{fixture, site, sources};
use crate::unable::{Lacks, unable};

const SITE: &str = r#"//- site.yaml
title: Garden
base_url: https://garden.example/sub/
kinds:
  plant:
    fields:
      words: {type: list, of: text}
      light: {type: choice, of: {sun: Full sunlight, shade: Deep shadow}}
      care: {type: list, of: markdown}
  pest:
    url: /pests/#{slug}
    index: false
    fields:
      danger: {type: choice, of: {high: {label: High, advice: "Act now:"}, low: {label: Low, advice: "No hurry:"}}}
      action: {type: markdown}
      signs: {type: list, of: text}
    order: [danger]
  bed: {}
relations:
  - {one: plant.pests, other: pest.plants, labels: [Pests, Plants], fields: {note: {type: text}}}
  - {one: plant.beds, other: bed.plants, labels: [Beds, Plants]}
blocks:
  tip: {fields: {text: {type: text}}}
pages:
  search:
    filters: [beds]
    words: words
    pin: {kind: pest, words: signs, heading: danger.advice, text: action}
//- templates/blocks/tip.html
{{ block.text }}
//- content/plants/rose.md
---
title: Garden rose
short_title: Rose
aliases: [queen of flowers]
words: [bush with thorns]
summary: Flowers all summer.
light: sun
care: ["Water at **dusk**."]
beds: [north]
pests:
  - {to: greenfly, note: A jet of water removes them.}
---
Not much to say at first.

## Pruning in winter

Cut back to an outward bud, with [[plants/fern]] as a neighbour.

```tip
text: Wear gloves.
```
//- content/plants/fern.md
---
title: Fern
light: shade
beds: [north, south]
---
Likes damp corners. A rose it is not.
//- content/plants/secret.md
---
title: Secret
draft: true
---
Nobody knows.
//- content/beds/north.md
---
title: North bed
---
Cold.
//- content/beds/south.md
---
title: South bed
---
Warm.
//- content/pests.md
---
title: All pests
---
```list
entries: pest
```
//- content/pests.yaml
greenfly:
  title: Greenfly
  danger: low
  action: "Wash them *off*."
  signs: [sticky leaves, curled leaf]
blight:
  title: Blight
  danger: high
  action: Burn the plant.
  signs: [brown spots]
"#;

/// The files of the index of a site.
fn index(text: &str) -> BTreeMap<String, Vec<u8>> {
    let snapshot =
        Engine::new(Options::default()).update(&sources(&fixture(text)), Vec::new(), &mut Timings::default());
    let ready = snapshot.ready.as_ref().expect("the site can be drawn");
    assert!(!snapshot.has_errors(), "{:?}", snapshot.diagnostics);
    let mut files = BTreeMap::new();
    let Ok(()) = search::index(&ready.site, &mut |path, bytes| {
        files.insert(path.strip_prefix(search::FOLDER).expect("it lies in its folder").to_string(), bytes);
        Ok::<_, Infallible>(())
    });
    files
}

/// Runs JavaScript with what `theme/static/find.js` exports, `index` and what else is in `with`; none where node is not installed.
fn script(files: &BTreeMap<String, Vec<u8>>, with: &Value, body: &str) -> Option<Value> {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for (name, bytes) in files {
        fs::write(folder.path().join(name), bytes).expect("the file can be written");
    }
    let find = Path::new(env!("CARGO_MANIFEST_DIR")).join("theme/static/find.js");
    fs::copy(find, folder.path().join("find.mjs")).expect("the script can be copied");
    let run = format!(
        "import {{ readFileSync }} from 'node:fs';
        import {{ Index, forms, slips, words }} from './find.mjs';
        const given = {with};
        const get = async (name) => JSON.parse(readFileSync(new URL(name, import.meta.url)));
        const run = async () => {{ {body} }};
        console.log(JSON.stringify(await run()));"
    );
    fs::write(folder.path().join("run.mjs"), run).expect("the script can be written");
    let Ok(ran) = Command::new("node").arg(folder.path().join("run.mjs")).output() else {
        unable(Lacks::Package("node", "Debian has it as nodejs"));
        return None;
    };
    assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr));
    Some(serde_json::from_slice(&ran.stdout).expect("the answer is JSON"))
}

/// The addresses that a question finds, the best first; those on top begin with `!`.
fn found(text: &str, questions: &[&str]) -> Option<String> {
    let answers = script(
        &index(text),
        &questions.into(),
        "const index = await new Index(get).open();
        const answers = [];
        for (const question of given) {
          const { found } = await index.find(question, () => true);
          const urls = await Promise.all(found.map(async ({ number, pinned }) => (pinned ? '!' : '') + (await index.entry(number))[0]));
          answers.push(`${question}: ${urls.join(' ') || 'nothing'}`);
        }
        return answers;",
    )?;
    let answers = answers.as_array().expect("a list").iter().filter_map(Value::as_str);
    Some(answers.map(|line| format!("{line}\n")).collect())
}

#[test]
fn an_entry_is_found_by_everything_that_its_page_shows() {
    let questions = [
        "garden", "queen", "thorns", "summer", "sunlight", "dusk", "removes", "pruning", "outward", "gloves", "secret",
        "knows", "greenfly", "wash",
    ];
    let Some(found) = found(SITE, &questions) else { return };
    expect![[r#"
        garden: /sub/plants/rose/
        queen: /sub/plants/rose/
        thorns: /sub/plants/rose/
        summer: /sub/plants/rose/
        sunlight: /sub/plants/rose/
        dusk: /sub/plants/rose/
        removes: /sub/plants/rose/
        pruning: /sub/plants/rose/
        outward: /sub/plants/rose/
        gloves: /sub/plants/rose/
        secret: nothing
        knows: nothing
        greenfly: /sub/pests/#greenfly
        wash: /sub/pests/#greenfly
    "#]]
    .assert_eq(&found);
}

#[test]
fn names_come_before_texts_and_all_words_before_most_of_them() {
    let questions = ["rose", "fern", "damp rose", "the rose of queen", "north bed", "bed"];
    let Some(found) = found(SITE, &questions) else { return };
    expect![[r#"
        rose: /sub/plants/rose/ /sub/plants/fern/
        fern: /sub/plants/fern/ /sub/plants/rose/
        damp rose: /sub/plants/rose/ /sub/plants/fern/
        the rose of queen: /sub/plants/rose/ /sub/plants/fern/
        north bed: /sub/beds/north/ /sub/beds/south/
        bed: /sub/beds/north/ /sub/beds/south/
    "#]]
    .assert_eq(&found);
}

#[test]
fn beginnings_other_forms_and_slips_of_the_finger_find_a_word() {
    let questions =
        ["prun", "prune", "roses", "ferns", "gardn rose", "grenfly", "greenfyl", "pruming", "thornes", "xylophone"];
    let Some(found) = found(SITE, &questions) else { return };
    expect![[r#"
        prun: /sub/plants/rose/
        prune: /sub/plants/rose/
        roses: /sub/plants/rose/ /sub/plants/fern/
        ferns: /sub/plants/fern/ /sub/plants/rose/
        gardn rose: /sub/plants/rose/ /sub/plants/fern/
        grenfly: /sub/pests/#greenfly
        greenfyl: /sub/pests/#greenfly
        pruming: /sub/plants/rose/
        thornes: /sub/plants/rose/
        xylophone: nothing
    "#]]
    .assert_eq(&found);
}

#[test]
fn an_entry_stands_on_top_where_one_of_its_phrases_stands_in_the_question() {
    let questions = [
        "sticky leaves",
        "why are the leaves so sticky",
        "brown spot on my rose",
        "brown rose with a spot",
        "curled leaves and brown spots",
    ];
    let Some(found) = found(SITE, &questions) else { return };
    expect![[r#"
        sticky leaves: !/sub/pests/#greenfly
        why are the leaves so sticky: !/sub/pests/#greenfly
        brown spot on my rose: !/sub/pests/#blight /sub/plants/rose/
        brown rose with a spot: /sub/plants/rose/ /sub/pests/#blight
        curled leaves and brown spots: !/sub/pests/#blight !/sub/pests/#greenfly
    "#]]
    .assert_eq(&found);
}

#[test]
fn results_say_what_is_shown_and_filters_have_their_entries() {
    let body = "const index = await new Index(get).open();
        const entries = [];
        for (let number = 0; number < index.count; number++) entries.push(await index.entry(number));
        const having = index.filters.map(([,, values], at) => Promise.all(values.map(async (_, value) => [...await index.having(at, value)])));
        const { found } = await index.find('bud', () => true);
        return [...entries, index.filters, await Promise.all(having), found[0].section].map((line) => JSON.stringify(line));";
    let Some(lines) = script(&index(SITE), &Value::Null, body) else { return };
    let lines: String =
        lines.as_array().expect("a list").iter().map(|line| format!("{}\n", line.as_str().expect("a text"))).collect();
    expect![[r#"
        ["/sub/plants/fern/","Fern",0,"Likes damp corners. A rose it is not.",[]]
        ["/sub/plants/rose/","Rose",0,"Flowers all summer.",["Pruning in winter"]]
        ["/sub/pests/#blight","Blight",1,"Burn the plant.",[],["Act now:",["Burn the plant."]]]
        ["/sub/pests/#greenfly","Greenfly",1,"Wash them off.",[],["No hurry:",["Wash them off."]]]
        ["/sub/beds/north/","North bed",2,"Cold.",[]]
        ["/sub/beds/south/","South bed",2,"Warm.",[]]
        ["/sub/pests/","All pests",3,"",[]]
        [["kind","",["Plants","Pests","Beds","Pages"]],["beds","Beds",["North bed","South bed"]]]
        [[[0,1],[2,3],[4,5],[6]],[[0,1],[0]]]
        1
    "#]]
    .assert_eq(&lines);
}

#[test]
fn a_site_without_entries_has_an_index_that_finds_nothing() {
    let Some(found) = found("//- site.yaml\ntitle: Empty\n", &["anything", "a"]) else { return };
    expect![[r#"
        anything: nothing
        a: nothing
    "#]]
    .assert_eq(&found);
}

#[test]
fn the_same_site_has_the_same_index_on_one_thread_and_on_many() {
    let many: String = (0..300)
        .map(|n| format!("//- content/beds/b{n}.md\n---\ntitle: Bed {n}\n---\nRow {n} grows kale, {}.\n", n % 7))
        .collect();
    let text = format!("{SITE}{many}");
    let on = |threads| {
        rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads").install(|| index(&text))
    };
    let one = on(1);
    assert!(one == on(3) && one == on(8));
    assert!(one.len() > 20, "{}", one.len());
}

#[test]
fn words_of_every_script_are_found_in_names_and_texts() {
    let text = "//- site.yaml
title: Site
language: ru
kinds: {note: {}}
//- content/notes/ru.md
---
title: Массаж для бегунов
---
По утрам болит пятка у ёжика.
//- content/notes/zh.md
---
title: 足底筋膜炎
---
跑步后小腿疼痛，双脚。
//- content/notes/ja.md
---
title: マッサージガン
---
ランニングの後にふくらはぎが痛い。
//- content/notes/de.md
---
title: Übermäßige Müdigkeit
---
Die Füße schmerzen nach dem Läufertag.
//- content/notes/ko.md
---
title: 종아리 마사지
---
달리기 후에 발이 아프다.
//- content/notes/el.md
---
title: Τραυματισμός
---
Πόνος στο γόνατο.
";
    let questions = [
        "утрам",
        "Массаж",
        "массажа",
        "ежик",
        "ПЯТКА",
        "筋膜",
        "足底筋膜炎",
        "脚",
        "疼痛",
        "ガン",
        "ふくらはぎ",
        "ubermassig",
        "Müdigkeit",
        "füsse",
        "종아리",
        "아프다",
        "τραυματισμοσ",
        "ΓΌΝΑΤΟ",
        "膜筋",
    ];
    let Some(found) = found(text, &questions) else { return };
    expect![[r#"
        утрам: /notes/ru/
        Массаж: /notes/ru/
        массажа: /notes/ru/
        ежик: /notes/ru/
        ПЯТКА: /notes/ru/
        筋膜: /notes/zh/
        足底筋膜炎: /notes/zh/
        脚: /notes/zh/
        疼痛: /notes/zh/
        ガン: /notes/ja/
        ふくらはぎ: /notes/ja/
        ubermassig: /notes/de/
        Müdigkeit: /notes/de/
        füsse: /notes/de/
        종아리: /notes/ko/
        아프다: /notes/ko/
        τραυματισμοσ: /notes/el/
        ΓΌΝΑΤΟ: /notes/el/
        膜筋: nothing
    "#]]
    .assert_eq(&found);
}

#[test]
fn script_and_program_cut_texts_into_the_same_words() {
    let mut texts: Vec<String> = [
        "Runner’s kale, don't, rock'n'roll, l'eau d’or, O'Brien's 'quoted' x'y",
        "ÄÖÜß Œuvre Łódź İstanbul ısı ĐŐ ÞÓR æther",
        "ΣΊΣΥΦΟΣ ὈΔΥΣΣΕΎΣ",
        "Ёжик йод ЩЁТКА",
        "ｆｕｌｌ ﬁne ½ ⅔ ㎏ ①② Ⅷ x²",
        "足底筋膜炎とは、がん検診。々〆ヶ ｶﾞｷﾞ ㍿",
        "종아리 통증 각",
        "ปวดน่อง ຂາ ស្រី မြန်မာ བོད",
        "שָׁלוֹם עֲלֵיכֶם مُحَمَّد ١٢٣ हिन्दी के शब्द தமிழ்",
        "a-b a‐b 3.5 10k 5km 1,000 U+200D: a\u{200d}b a\u{ad}b a\u{2060}b",
        "e\u{301}e\u{323}\u{301} \u{301}x a\u{328} 𝔘𝔫𝔦 𠀀𠀁 😀x",
        "",
        "  ",
        "'",
        "a'",
        "''b",
        "éa'éé",
    ]
    .map(String::from)
    .to_vec();
    // Every character of the scripts that people write, alone and between others.
    let all = (0..=0x2ffff).filter_map(char::from_u32).filter(|c| !c.is_control() && (*c as u32 & 0xffff) < 0xfff0);
    let all = all.filter(|c| (*c as u32) < 0x3200 || (*c as u32).is_multiple_of(37));
    texts.extend(all.map(|c| format!("{c} a{c}b {c}{c}")));
    let given = Value::from(texts.clone());
    // Node may be older than the program, and not know what has become a letter since.
    let body = r"return given.map((text) => (/\p{Cn}/u.test(text) ? null : words(text)));";
    let Some(theirs) = script(&BTreeMap::new(), &given, body) else { return };
    let mut different = Vec::new();
    for (text, theirs) in texts.iter().zip(theirs.as_array().expect("a list")) {
        let ours = Value::from(search::words::words(text));
        if !theirs.is_null() && ours != *theirs {
            different.push(format!("{text:?}\n  {ours}\n  {theirs}"));
        }
    }
    assert!(different.is_empty(), "{}", different.join("\n"));
}

#[test]
fn slips_in_how_the_search_is_declared_are_reported_at_their_place() {
    site(
        "//- site.yaml
title: Site
kinds:
  rule:
    fields:
      words: {type: list, of: text}
      level: {type: choice, of: {high: {label: High, act: Go}, low: Low}}
      number: {type: integer}
  note: {}
relations:
  - {one: note.rules, other: rule.notes, labels: [Rules, Notes]}
pages:
  search:
    filters: [rule]
    pin: {kind: rule, words: number, heading: level.actt, text: [action, number], level: x}
",
    )
    .reports(&expect![[r#"
        site.yaml:13:15: error[site-unknown-name]: no relation named `rule`
          help: did you mean `rules`?
        site.yaml:14:30: error[site-invalid]: expected a field with a text or a list of texts, found one of the type integer
          help: `rule` has words
        site.yaml:14:47: error[site-invalid]: `level` has no text named `actt`
          help: write `level`, or of a choice `level.key` with the key of one of its texts
        site.yaml:14:66: error[site-unknown-name]: no field named `action`
          help: known are words, level, number
        site.yaml:14:74: error[site-invalid]: expected a field with a text or a choice, found one of the type integer
          help: `rule` has level
        site.yaml:14:83: error[site-unknown-key]: site.yaml knows no key `level` here
          help: known keys are kind, words, text, heading
    "#]]);
    site(
        "//- site.yaml
title: Site
kinds: {note: {}}
pages: {search: {pin: {kind: rule, words: words}}}
",
    )
    .reports(&expect![[r#"
        site.yaml:3:30: error[site-unknown-name]: no kind named `rule`
          help: known are note, page
    "#]]);
    site(
        "//- site.yaml
title: Site
kinds: {note: {}}
pages: {search: {pin: {kind: note}}}
",
    )
    .reports(&expect![[r#"
        site.yaml:3:23: error[site-invalid]: a pin needs a `kind` and the field with its `words`
          help: write it as `pin: {kind: rule, words: words, heading: level, text: action}`
    "#]]);
}
