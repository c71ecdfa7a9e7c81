//! What only a browser knows of the built-in theme: a small site without a template of its own, on one page of every type.

use std::fs;
use std::path::Path;
use std::sync::LazyLock;

use serde_json::json;

use crate::accessibility::violations;
use crate::server::serve;
use crate::site::{Site, build};
use crate::tools::axe;
use crate::webdriver::Browser;
use crate::weight::compressed;

/// The site: files behind lines `//- path`.
const FILES: &str = include_str!("neutral/site.txt");

/// One page of every type.
const PAGES: [&str; 16] = [
    "/",
    "/about/",
    "/tools/",
    "/tools/page/2/",
    "/tools/by-size/",
    "/tools/by-tags/iron/",
    "/tools/hammer/",
    "/tools/plane/",
    "/jobs/shelf/",
    "/guides/basics/heat/",
    "/guides/basics/long/",
    "/all/",
    "/a-z/",
    "/search/",
    "/sources/",
    "/404.html",
];

static NEUTRAL: LazyLock<Site> = LazyLock::new(|| {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("neutral-project");
    _ = fs::remove_dir_all(&folder);
    for file in FILES.split("//- ").skip(1) {
        let (path, text) = file.split_once('\n').expect("a path and a text");
        let path = folder.join(path);
        fs::create_dir_all(path.parent().expect("it has a folder")).expect("the folder can be made");
        fs::write(path, text).expect("the file can be written");
    }
    let root = Path::new(env!("CARGO_TARGET_TMPDIR")).join("neutral");
    build(&folder, &root);
    Site { home: serve(root.clone()), root }
});

#[test]
fn axe_finds_nothing_in_the_built_in_theme() {
    let Some(axe) = axe() else { return };
    let mut found: Vec<String> = Vec::new();
    for theme in ["light", "dark"] {
        let Some(browser) = Browser::open() else { return };
        browser.devtools("Page.addScriptToEvaluateOnNewDocument", json!({ "source": axe }));
        let remember = format!("try {{ localStorage.setItem('theme', '{theme}') }} catch {{}}");
        browser.devtools("Page.addScriptToEvaluateOnNewDocument", json!({ "source": remember }));
        for page in PAGES {
            browser.go(&NEUTRAL.url(page));
            for width in [390, 1280] {
                browser.resize(width, 900);
                found.extend(violations(&browser).iter().map(|what| format!("{page} at {width} px, {theme}: {what}")));
            }
        }
    }
    assert!(found.is_empty(), "{} violations:\n{}", found.len(), found.join("\n"));
}

#[test]
fn nothing_in_the_built_in_theme_is_wider_than_the_screen_or_moves() {
    let Some(browser) = Browser::open() else { return };
    let wide = "const taken = document.documentElement.scrollWidth; return taken > innerWidth ? [taken] : []";
    let moved = "let moved = 0;
        new PerformanceObserver(list => { for (const shift of list.getEntries()) moved += shift.value }).observe({ type: 'layout-shift', buffered: true });
        await new Promise(done => setTimeout(done, 100));
        return moved";
    let mut found = Vec::new();
    for width in [320, 390, 768, 1280] {
        browser.resize(width, 900);
        for page in PAGES {
            browser.go(&NEUTRAL.url(page));
            if browser.run(wide) != json!([]) {
                found.push(format!("{page} at {width} px: {} px wide", browser.run(wide)));
            }
            // Under load a browser may paint before all of a page has come: what moves has to move twice.
            let first = browser.run_async(moved, json!([])).as_f64().unwrap_or(1.0);
            if first > 0.0 {
                browser.go(&NEUTRAL.url(page));
                let second = browser.run_async(moved, json!([])).as_f64().unwrap_or(1.0);
                if second > 0.0 {
                    found.push(format!("{page} at {width} px: moves by {second}"));
                }
            }
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn what_stands_in_a_line_stays_in_it() {
    let Some(browser) = Browser::open() else { return };
    browser.resize(1280, 900);
    browser.go(&NEUTRAL.url("/guides/basics/long/"));
    let tops = browser.run(
        "return [...document.querySelectorAll('.facts .chips li')].slice(0, 2).map(tag => tag.getBoundingClientRect().top)",
    );
    assert_eq!(tops[0], tops[1], "tags stand on steps");
    let heights = browser.run(
        "return [...document.querySelectorAll('.text > p')].map(line => line.getBoundingClientRect().height < 60 ? 'a line' : 'more')",
    );
    assert_eq!(heights, json!(["a line", "more"]), "a small drawing breaks its line");
    let shape = browser.run(
        "const { width, height } = document.querySelector('img[alt=\"A drawing\"]').getBoundingClientRect();
         return [width > 500, Math.round(width / height * 100)]",
    );
    assert_eq!(shape, json!([true, 150]), "a drawing without lengths fills its column in its shape");
}

#[test]
fn inserted_and_deleted_lines_are_told_apart_without_colours() {
    let Some(browser) = Browser::open() else { return };
    browser.go(&NEUTRAL.url("/guides/basics/heat/"));
    let signs = browser.run(
        "return ['ins', 'del'].map(name => getComputedStyle(document.querySelector(`.numbers ${name}.l`), '::before').content)",
    );
    let signs = signs.as_array().expect("two").iter().map(|sign| sign.as_str().unwrap_or_default().to_string());
    let signs: Vec<_> = signs.collect();
    assert!(signs[0].contains('+') && signs[1].contains('\u{2212}'), "{signs:?}");
}

#[test]
fn the_keys_of_the_search_field_and_the_button_of_the_theme_work() {
    let Some(browser) = Browser::open() else { return };
    browser.resize(1280, 900);
    browser.go(&NEUTRAL.url("/tools/hammer/"));
    let pressed = |key: &str, ctrl: bool| {
        browser.run(&format!(
            "document.activeElement.blur();
             document.body.dispatchEvent(new KeyboardEvent('keydown', {{ key: '{key}', ctrlKey: {ctrl}, bubbles: true, cancelable: true }}));
             return document.activeElement.name ?? ''"
        ))
    };
    assert_eq!([pressed("/", false), pressed("k", true), pressed("x", false)], ["q", "q", ""].map(|name| json!(name)));
    let themes = browser.run(
        "const button = document.querySelector('.mode');
         return [1, 2, 3].map(() => { button.click(); return document.documentElement.dataset.theme })",
    );
    assert_eq!(themes, json!(["light", "dark", "auto"]));
}

#[test]
fn a_first_visit_to_the_built_in_theme_is_light() {
    let file = |end: &str| {
        let files = fs::read_dir(&NEUTRAL.root).expect("the site").flatten().map(|entry| entry.path());
        files.into_iter().find(|path| path.to_string_lossy().ends_with(end)).unwrap_or_else(|| panic!("no {end}"))
    };
    let style = fs::read_dir(&NEUTRAL.root).expect("the site").flatten().map(|entry| entry.path());
    let styles: Vec<_> = style.filter(|path| path.to_string_lossy().ends_with(".css")).collect();
    assert_eq!(styles.len(), 1, "{styles:?}");
    let style = compressed(&styles[0]);
    assert!(style <= 8 * 1024, "{style} bytes");
    let fonts = fs::read_dir(NEUTRAL.root.join("fonts")).expect("fonts").flatten();
    let mut fonts = fonts.filter(|font| {
        font.file_name().to_string_lossy().starts_with("title.") && !font.path().to_string_lossy().ends_with(".txt")
    });
    let font = fonts.next().and_then(|font| Some(font.metadata().ok()?.len() as usize)).expect("the font of titles");
    let icon = compressed(&file("favicon.svg"));
    let script = fs::read_dir(&NEUTRAL.root).expect("the site").flatten().map(|entry| entry.path());
    let script = script.into_iter().find(|path| path.to_string_lossy().contains("/theme.")).expect("the script");
    for page in PAGES {
        let whole = compressed(&NEUTRAL.file(page)) + style + font + icon + compressed(&script);
        assert!(whole <= 40 * 1024, "{page}: {whole} bytes");
    }
}

#[test]
fn code_on_a_page_that_runs_from_right_to_left_runs_from_left_to_right() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("neutral-rtl-project");
    _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(folder.join("content")).expect("the folder can be made");
    let site = "title: x\nlanguage: ar\nchecks: {text-missing: off, advice: off}\n";
    fs::write(folder.join("site.yaml"), site).expect("the file can be written");
    let text = "---\ntitle: سقيفة\n---\nكلمة `a.b()` كلمة\n\n```rust title=\"a.rs\" numbers\nlet a = 1;\n```\n";
    fs::write(folder.join("content/index.md"), text).expect("the file can be written");
    let root = Path::new(env!("CARGO_TARGET_TMPDIR")).join("neutral-rtl");
    build(&folder, &root);
    let site = Site { home: serve(root.clone()), root };
    let Some(browser) = Browser::open() else { return };
    browser.resize(390, 900);
    browser.go(&site.url("/"));
    let directions = browser.run(
        "const of = name => getComputedStyle(document.querySelector(name)).direction;
         return [of('html'), of('main p'), of('main p code'), of('figure pre'), of('figure figcaption')]",
    );
    assert_eq!(directions, json!(["rtl", "rtl", "ltr", "ltr", "ltr"]));
    let beside = browser.run(
        "const line = document.querySelector('figure .l').getBoundingClientRect();
         return Math.round(document.querySelector('figure pre').getBoundingClientRect().left - line.left)",
    );
    assert!(beside.as_i64().is_some_and(|beside| beside.abs() <= 3), "the line begins {beside} px beside its box");
}
