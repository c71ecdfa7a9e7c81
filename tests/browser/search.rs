//! The search page: what people type, and what comes up.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use serde::Deserialize;
use serde_json::{Value, json};

use crate::server::serve;
use crate::site::{SITE, build, build_with};
use crate::webdriver::Browser;
use crate::weight::compressed;

/// A line of `tests/data/search.yaml`.
#[derive(Deserialize)]
struct Case {
    query: String,
    first: Option<String>,
    #[serde(default)]
    within_three: Vec<String>,
}

/// Asks a question on an open search page and returns the addresses of the results on the screen.
const ASK: &str = "const field = document.querySelector('main [type=search]');
    field.value = arguments[0];
    field.form.requestSubmit();
    const results = () => document.querySelector('.results');
    for (let i = 0; i < 400 && (results().getAttribute('aria-busy') || new URLSearchParams(location.search).get('q') !== arguments[0].trim()); i++)
      await new Promise((done) => setTimeout(done, 25));
    return [...results().querySelectorAll('li > a')].map((link) => link.getAttribute('href'));";

#[test]
fn a_sore_runner_finds_what_has_to_come_first() {
    let Some(browser) = open("/search/") else { return };
    let cases =
        fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/search.yaml")).expect("the table");
    let cases: Vec<Case> = serde_yaml::from_str(&cases).expect("the table can be read");
    assert!(cases.len() >= 60);
    let mut wrong = Vec::new();
    for case in &cases {
        let found = ask(&browser, &case.query);
        let is =
            |wanted: &str, found: &[String]| wanted.split(" or ").any(|url| found.iter().any(|found| found == url));
        let first = case.first.iter().filter(|wanted| !is(wanted, &found[..found.len().min(1)]));
        let three = case.within_three.iter().filter(|wanted| !is(wanted, &found[..found.len().min(3)]));
        wrong.extend(first.chain(three).map(|wanted| format!("{}: {wanted}, not {found:?}", case.query)));
    }
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), cases.len(), wrong.join("\n"));
    assert_eq!(browser.console(), Vec::<String>::new());
}

#[test]
fn a_stop_sign_says_what_to_do_in_the_results() {
    let Some(browser) = open("/search/?q=coughing+up+blood") else { return };
    browser.until("document.querySelector('.results .pinned')");
    let text = browser.run("return document.querySelector('.results li').innerText");
    let text = text.as_str().expect("a text");
    assert!(text.contains("now if:") && text.contains("ambulance"), "{text}");
}

#[test]
fn results_name_their_kind_and_are_counted_aloud() {
    let Some(browser) = open("/search/") else { return };
    type_question(&browser, "lactate");
    browser.until("/^\\d+ results?$/.test(document.querySelector('[data-search-status]').textContent)");
    assert_eq!(browser.run("return document.querySelector('[data-search-status]').getAttribute('role')"), "status");
    let unnamed = "return [...document.querySelectorAll('.results li')]
        .filter((item) => !item.querySelector('a[href]')?.textContent || !item.querySelector('span')?.textContent).length";
    assert_eq!(browser.run(unnamed), 0);
    assert!(browser.run("return document.querySelectorAll('.results mark').length").as_u64() > Some(0));
    assert_eq!(browser.run("return location.search"), "?q=lactate");
    assert_eq!(browser.console(), Vec::<String>::new());
}

#[test]
fn more_results_are_shown_when_asked_for_and_the_focus_goes_to_the_first_of_them() {
    let Some(browser) = open("/search/") else { return };
    let first = ask(&browser, "massage").len();
    assert_eq!(first, 10);
    browser.run("document.querySelector('.results + button').click()");
    browser.until("document.querySelectorAll('.results > li').length === 20");
    browser.until("document.activeElement === document.querySelectorAll('.results > li')[10].querySelector('a')");
}

#[test]
fn a_question_that_finds_nothing_is_told_so_and_the_list_is_shown_again() {
    let Some(browser) = open("/search/") else { return };
    // A word of another script is no shorter question: nothing stands for it.
    for question in ["xylophone", "массаж", "按摩", "마사지"] {
        assert_eq!(ask(&browser, question), Vec::<String>::new());
        let told = browser.run("return document.querySelector('[data-search-status]').textContent");
        assert_eq!(told, format!("Nothing found for “{question}”. The whole list is below."));
        browser.until("document.querySelector('[data-letters]').checkVisibility()");
    }
}

#[test]
fn an_empty_question_shows_the_list_and_says_nothing() {
    let Some(browser) = open("/search/?q=calf") else { return };
    browser.until("document.querySelector('.results a')");
    assert_eq!(ask(&browser, " "), Vec::<String>::new());
    assert_eq!(browser.run("return document.querySelector('[data-search-status]').textContent"), "");
    browser.until("document.querySelector('[data-letters]').checkVisibility()");
    assert_eq!(browser.run("return location.search"), "");
}

#[test]
fn the_wait_shows_and_a_search_that_cannot_be_loaded_says_so() {
    let Some(browser) = open("/search/") else { return };
    browser.devtools("Network.enable", json!({}));
    let slow = json!({ "offline": false, "latency": 1500, "downloadThroughput": -1, "uploadThroughput": -1 });
    browser.devtools("Network.emulateNetworkConditions", slow);
    type_question(&browser, "calf");
    browser.until("document.querySelector('[data-search-status]').textContent === 'Searching…'");
    browser.until("document.querySelector('.results a')");

    browser.go(&SITE.url("/search/"));
    browser.devtools("Network.setBlockedURLs", json!({ "urls": ["*/search-index/*"] }));
    type_question(&browser, "calf");
    browser.until(
        "document.querySelector('[data-search-status]').textContent.startsWith('The search could not be loaded')",
    );
    browser.until("document.querySelector('[data-letters]').checkVisibility()");
}

#[test]
fn results_are_narrowed_by_kind_and_body_area() {
    let Some(browser) = open("/search/") else { return };
    let all = ask(&browser, "cramp").len();
    browser.until("document.querySelectorAll('.controls select').length === 2");
    let controls = browser.run(
        "return [...document.querySelectorAll('.controls select')].map((select) => {
           const box = select.getBoundingClientRect();
           return [select.labels[0].firstChild.textContent, select.name, box.height >= 24 && box.width >= 24];
         })",
    );
    assert_eq!(controls, json!([["Kind", "kind", true], ["Body areas", "areas", true]]));
    let choose = "const select = document.querySelectorAll('.controls select')[arguments[0]];
                  select.value = arguments[1]; select.dispatchEvent(new Event('change'))";
    browser.run_with(choose, json!([0, "Conditions"]));
    browser.until(
        "location.search.includes('kind=Conditions') && !document.querySelector('.results').getAttribute('aria-busy')",
    );
    let conditions = ask(&browser, "cramp");
    assert!(!conditions.is_empty() && conditions.len() < all, "{conditions:?}");
    assert!(conditions.iter().all(|url| url.starts_with("/conditions/")), "{conditions:?}");

    let address = browser.run("return location.href");
    browser.go(address.as_str().expect("an address"));
    browser.until("document.querySelector('.results a')");
    assert_eq!(ask(&browser, "cramp"), conditions, "the address brings the same results back");

    // Without a question all of a kind are listed.
    assert!(ask(&browser, "").len() >= conditions.len());
}

#[test]
fn the_keyboard_leads_from_the_question_to_the_results() {
    let Some(browser) = open("/search/") else { return };
    type_question(&browser, "calf");
    browser.until("document.querySelector('.results a')");
    for _ in 0..6 {
        browser.press("\u{e004}");
        if browser.run("return !!document.activeElement.closest('.results')") == true {
            return;
        }
    }
    panic!("the tab key does not reach the results");
}

#[test]
fn the_search_field_of_the_home_page_leads_to_the_results() {
    let Some(browser) = open("/") else { return };
    browser.run("document.querySelector('main [type=search]').focus()");
    "calf".chars().for_each(|letter| browser.press(&letter.to_string()));
    browser.run("document.querySelector('main [role=search]').requestSubmit()");
    browser.until("location.pathname === '/search/' && location.search === '?q=calf'");
    browser.until("document.querySelector('.results a')");
}

#[test]
fn a_first_question_fetches_little() {
    for question in ["my calf hurts", "is massage safe when pregnant", "foam roller how long", "plantar facitis"] {
        let Some(browser) = open("/search/") else { return };
        ask(&browser, question);
        let fetched = "return performance.getEntriesByType('resource').map(({ name }) => new URL(name).pathname)
            .filter((path) => path.startsWith('/search-index/') || path.startsWith('/find.'))";
        let fetched = browser.run(fetched);
        let files = fetched.as_array().expect("a list").iter().filter_map(Value::as_str);
        let sizes: BTreeMap<&str, usize> = files.map(|path| (path, compressed(&SITE.file(path)))).collect();
        let size: usize = sizes.values().sum();
        assert!(sizes.len() > 3 && size <= 60 * 1024, "{question}: {size} bytes: {sizes:?}");
    }
}

#[test]
fn a_site_below_another_address_is_searched() {
    let root = Path::new(env!("CARGO_TARGET_TMPDIR")).join("search-below");
    let project = Path::new(env!("CARGO_MANIFEST_DIR"));
    build_with(project, &root.join("sub/site"), &["--base-url", "https://outside-lane.example/sub/site/"]);
    let Some(browser) = Browser::open() else { return };
    browser.go(&format!("{}/sub/site/search/", serve(root)));
    assert_eq!(ask(&browser, "heel pain morning")[0], "/sub/site/conditions/plantar-fasciitis/");
}

#[test]
fn words_of_other_scripts_are_found_in_titles_and_texts() {
    let project = tempfile::tempdir().expect("a folder");
    let note = |name: &str, title: &str, text: &str| {
        let file = project.path().join(format!("content/notes/{name}.md"));
        fs::create_dir_all(file.parent().expect("a folder")).expect("the folder can be made");
        fs::write(file, format!("---\ntitle: {title}\n---\n{text}\n")).expect("the file can be written");
    };
    fs::write(project.path().join("site.yaml"), "title: Заметки\nlanguage: ru\nkinds: {note: {}}\n").expect("a file");
    note("ru", "Массаж для бегунов", "По утрам болит пятка.");
    note("zh", "足底筋膜炎", "跑步后小腿疼痛，双脚。");
    note("ja", "マッサージガン", "ランニングの後にふくらはぎが痛い。");
    note("de", "Übermäßige Müdigkeit", "Die Füße schmerzen.");
    let out = project.path().join("public");
    build(project.path(), &out);
    let Some(browser) = Browser::open() else { return };
    browser.go(&format!("{}/search/", serve(out)));
    let wanted = [
        ("утрам", "ru"),
        ("Массаж", "ru"),
        ("ПЯТКА", "ru"),
        ("筋膜", "zh"),
        ("脚", "zh"),
        ("ガン", "ja"),
        ("ふくらはぎ", "ja"),
        ("mudigkeit", "de"),
        ("füße", "de"),
    ];
    for (question, name) in wanted {
        assert_eq!(ask(&browser, question), [format!("/notes/{name}/")], "{question}");
    }
    assert_eq!(ask(&browser, "массажиром"), Vec::<String>::new());
}

fn open(page: &str) -> Option<Browser> {
    let browser = Browser::open()?;
    browser.go(&SITE.url(page));
    Some(browser)
}

fn ask(browser: &Browser, question: &str) -> Vec<String> {
    let found = browser.run_async(ASK, json!([question]));
    found.as_array().expect("a list").iter().filter_map(Value::as_str).map(str::to_owned).collect()
}

/// Types a question into the search field, key by key.
fn type_question(browser: &Browser, words: &str) {
    browser.run("const field = document.querySelector('main [type=search]'); field.value = ''; field.focus()");
    words.chars().for_each(|letter| browser.press(&letter.to_string()));
}
