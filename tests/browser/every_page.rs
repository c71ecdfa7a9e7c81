//! What has to hold on every page of the site.

use std::collections::{BTreeMap, BTreeSet};

use crate::site::SITE;
use crate::survey::{WITH_SCRIPTS, WITHOUT_SCRIPTS, nothing_on_any_page};

#[test]
fn no_page_scrolls_sideways() {
    nothing_on_any_page(WITH_SCRIPTS.as_deref(), |seen| seen.sideways.clone());
}

#[test]
fn the_console_stays_silent() {
    // Also what the strict policy refuses would stand there.
    nothing_on_any_page(WITH_SCRIPTS.as_deref(), |seen| {
        let expected = |line: &&String| seen.page == "/404.html" && line.contains("404");
        seen.console.iter().filter(|line| !expected(line)).cloned().collect()
    });
}

#[test]
fn scripts_and_styles_come_from_files_of_the_site() {
    nothing_on_any_page(WITHOUT_SCRIPTS.as_deref(), |seen| seen.inline.clone());
    nothing_on_any_page(WITH_SCRIPTS.as_deref(), |seen| seen.foreign.clone());
}

#[test]
fn every_page_carries_the_strict_policy() {
    nothing_on_any_page(WITHOUT_SCRIPTS.as_deref(), |seen| {
        let strict = ["default-src 'none'", "style-src 'self'", "font-src 'self'", "img-src 'self'", "base-uri 'none'"];
        let mut missing: Vec<String> =
            strict.iter().filter(|part| !seen.policy.contains(*part)).map(|part| format!("no `{part}`")).collect();
        let scripts = seen.policy.split("; ").find(|part| part.starts_with("script-src")).unwrap_or("no script-src");
        if scripts != "script-src 'self'" {
            missing.push(scripts.to_owned());
        }
        missing
    });
}

#[test]
fn things_to_press_are_large_enough_to_hit() {
    nothing_on_any_page(WITH_SCRIPTS.as_deref(), |seen| seen.small.clone());
}

#[test]
fn images_have_a_size_before_they_are_loaded() {
    nothing_on_any_page(WITHOUT_SCRIPTS.as_deref(), |seen| seen.unsized_images.clone());
}

#[test]
fn headings_begin_with_one_title_and_skip_no_level() {
    nothing_on_any_page(WITHOUT_SCRIPTS.as_deref(), |seen| {
        let titles = seen.headings.iter().filter(|level| **level == 1).count();
        let skips = seen.headings.windows(2).any(|pair| pair[1] > pair[0] + 1);
        let right = titles == 1 && seen.headings[0] == 1 && !skips;
        if right { vec![] } else { vec![format!("levels {:?}", seen.headings)] }
    });
}

#[test]
fn every_page_has_its_landmarks_and_a_link_past_the_header() {
    nothing_on_any_page(WITHOUT_SCRIPTS.as_deref(), |seen| {
        let mut wrong = Vec::new();
        if seen.landmarks.len() != 4 {
            wrong.push(format!("landmarks: {:?}", seen.landmarks));
        }
        if seen.skip_link.as_deref() != Some("main") {
            wrong.push(format!("the first link leads to {:?}", seen.skip_link));
        }
        if seen.lang.is_empty() {
            wrong.push("no language".to_owned());
        }
        wrong
    });
}

#[test]
fn titles_and_descriptions_are_unique() {
    let Some(pages) = WITHOUT_SCRIPTS.as_deref() else { return };
    let mut by_text: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    // A regrouped index speaks for its index, and what search engines leave out needs no text for them.
    for seen in pages.iter().filter(|seen| seen.is_canonical()) {
        by_text.entry(&seen.title).or_default().push(&seen.page);
        by_text.entry(&seen.description).or_default().push(&seen.page);
    }
    let shared: Vec<String> = by_text
        .iter()
        .filter(|(text, pages)| pages.len() > 1 || text.is_empty())
        .map(|(text, pages)| format!("{text:?} on {}", pages.join(", ")))
        .collect();
    assert!(shared.is_empty(), "missing, or on several pages:\n{}", shared.join("\n"));
}

#[test]
fn every_page_can_be_read_without_scripts() {
    nothing_on_any_page(WITHOUT_SCRIPTS.as_deref(), |seen| {
        if seen.words < 15 { vec![format!("{} words in the main part", seen.words)] } else { vec![] }
    });
}

#[test]
fn links_lead_from_the_home_page_to_every_page_without_scripts() {
    let Some(pages) = WITHOUT_SCRIPTS.as_deref() else { return };
    let by_page: BTreeMap<&str, &Seen> = pages.iter().map(|seen| (seen.page.as_str(), seen)).collect();
    let mut reached = BTreeSet::from(["/"]);
    let mut next = vec!["/"];
    while let Some(page) = next.pop() {
        let links = by_page.get(page).into_iter().flat_map(|seen| &seen.links);
        next.extend(links.filter(|link| reached.insert(link.as_str())).map(String::as_str));
    }
    let lost: Vec<&str> =
        by_page.keys().copied().filter(|page| !reached.contains(page) && *page != "/404.html").collect();
    assert!(lost.is_empty(), "no link leads to {}", lost.join(", "));
    let broken: Vec<&str> =
        reached.into_iter().filter(|url| !by_page.contains_key(url) && !SITE.root.join(&url[1..]).is_file()).collect();
    assert!(broken.is_empty(), "links lead to nothing: {}", broken.join(", "));
}

#[test]
fn links_to_a_place_on_a_page_find_it() {
    let Some(pages) = WITHOUT_SCRIPTS.as_deref() else { return };
    let places: BTreeSet<String> =
        pages.iter().flat_map(|seen| seen.ids.iter().map(|id| format!("{}#{id}", seen.page))).collect();
    nothing_on_any_page(Some(pages), |seen| {
        seen.anchors.iter().filter(|anchor| !places.contains(*anchor)).cloned().collect()
    });
}
