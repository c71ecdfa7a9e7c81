//! Wikilinks as vaults of notes have them.

use expect_test::expect;

use super::{complains, reads, text};
use crate::harness::site;

#[test]
fn in_tables_the_sign_before_the_words_is_escaped() {
    reads(
        "| a | b |\n|---|---|\n| [[fine-pruning\\|the pruner]] | [[procedures/evergreens\\|strokes]] |\n",
        &expect![[r#"
            <div class="tablebox" role="group" aria-label="Table" tabindex="0"><table><thead><tr><th>a</th><th>b</th></tr></thead><tbody>
            <tr><td><a href="/procedures/fine-pruning/">the pruner</a></td><td><a href="/procedures/evergreens/">strokes</a></td></tr>
            </tbody></table>
            </div>
        "#]],
    );
    complains(
        "| a | b |\n|---|---|\n| [[fine-pruning|the pruner]] | x |\n",
        &expect![[r#"
        content/conditions/page.md:6:3: warning[text-lost]: the row has more cells than the head of the table, and these are on no page
          help: give the head as many cells, or write `\|` for a sign inside a cell
    "#]],
    );
}

const VAULT: &str = "\
//- site.yaml
title: Vault
kinds: {note: {extra: allow}}
//- templates/entry.html
<main>
{{ entry.body }}
</main>
//- content/notes/My Long Note.md
---
title: Long
aliases: [Nick]
---
## Link with space
### Below
//- content/notes/Sub Folder/Inner Note.md
---
title: Inner
---
//- content/notes/Q&A.md
---
title: What is it
---
//- content/notes/Cafe\u{301}.md
---
title: Coffee
---
//- content/notes/page.md
---
title: Page
---
";

#[test]
fn files_are_found_as_they_are_named_and_where_they_lie() {
    let markdown = "[[My Long Note]] [[my long note.md]] [[My Long Note#Link with space]] [[My Long Note#Link with space#Below]]\n\
        [[Nick]] [[Inner Note]] [[Sub Folder/Inner Note]] [[notes/Sub Folder/Inner Note|x]] [[Q&A]] [[Café]] [[what IS it]]\n";
    site(&format!("{VAULT}{markdown}")).is_fine().shows("/notes/page/", &expect![[r#"
        <p><a href="/notes/my-long-note/">Long</a> <a href="/notes/my-long-note/">Long</a> <a href="/notes/my-long-note/#link-with-space">Long</a> <a href="/notes/my-long-note/#below">Long</a>
        <a href="/notes/my-long-note/">Long</a> <a href="/notes/sub-folder/inner-note/">Inner</a> <a href="/notes/sub-folder/inner-note/">Inner</a> <a href="/notes/sub-folder/inner-note/">x</a> <a href="/notes/q-a/">What is it</a> <a href="/notes/cafe/">Coffee</a> <a href="/notes/q-a/">What is it</a></p>
    "#]]);
}

#[test]
fn of_several_with_one_title_the_file_of_that_name_is_meant() {
    let twice = "//- content/notes/Yield Rate.md\n# Yield Rate\n//- content/notes/checks/yield-rate.md\n# Yield Rate\n//- content/notes/other.md\n# Yield Rate\n";
    let nested = "//- content/notes/Term___Part.md\n---\ntitle: Part\n---\n";
    site(&format!("{VAULT}[[term/part]]\n{nested}")).is_fine().shows(
        "/notes/page/",
        &expect![[r#"
        <p><a href="/notes/term-part/">Part</a></p>
    "#]],
    );
    site(&format!("{VAULT}[[Yield Rate]] [[yield-rate]]\n{twice}")).is_fine().shows(
        "/notes/page/",
        &expect![[r#"
        <p><a href="/notes/yield-rate/">Yield Rate</a> <a href="/notes/yield-rate/">Yield Rate</a></p>
    "#]],
    );
}

#[test]
fn a_path_names_what_lies_at_its_end_and_nothing_elsewhere() {
    let told = |link: &str| {
        let text = VAULT.replace("title: Page\n---\n", &format!("title: Page\n---\n{link}\n"));
        let far = "//- content/notes/Deep/Sub Folder/Far.md\n---\ntitle: Far away\n---\n";
        let folder = "//- content/notes/Deep/Trip/index.md\n---\ntitle: Journey\n---\n";
        site(&[&text, far, folder].concat()).problems()
    };
    assert_eq!(
        told(
            "[[Sub Folder/Far]] [[Deep/Sub Folder/Far]] [[notes/Deep/Sub Folder/Far.md]] [[Notes/My Long Note]] [[Trip]]"
        ),
        ""
    );
    for nowhere in ["Folder/Far", "Other/Far", "nowhere/My Long Note"] {
        let told = told(&format!("[[{nowhere}]]"));
        assert!(told.contains(&format!("error[link-broken]: no entry is named `{nowhere}`")), "{told}");
    }
}

#[test]
fn what_has_no_name_is_said_so() {
    site(&format!("{VAULT}[[My Long Note#^block]] [[Nobody]]\n")).reports(&expect![[r#"
        content/notes/page.md:4:16: error[link-broken-heading]: `notes/my-long-note` has no paragraph `^block`
          help: write ` ^block` behind the last word of the paragraph, or link to a heading
        content/notes/page.md:4:27: error[link-broken]: no entry is named `Nobody`
          help: write the slug of an entry, kind and slug, or its title
    "#]]);
}

#[test]
fn pictures_are_found_by_name_and_may_have_a_size() {
    let drawn = text(
        "![[Pruner.png]] ![[pruner.png|300]] ![[conditions/pruner.png|A pruner|20x10]] ![b|40](pruner.png)\n\n| a |\n|---|\n| ![[pruner.png\\|alt]] |\n",
    );
    drawn.shows("/conditions/page/", &expect![[r#"
        <p><img src="/media/conditions/pruner.png" alt="" loading="lazy"> <img src="/media/conditions/pruner.png" width="300" alt="" loading="lazy"> <img src="/media/conditions/pruner.png" width="20" height="10" alt="A pruner" loading="lazy"> <img src="/media/conditions/pruner.png" width="40" alt="b" loading="lazy"></p>
        <div class="tablebox" role="group" aria-label="Table" tabindex="0"><table><thead><tr><th>a</th></tr></thead><tbody>
        <tr><td><img src="/media/conditions/pruner.png" alt="alt" loading="lazy"></td></tr>
        </tbody></table>
        </div>
    "#]]);
}

#[test]
fn signs_that_no_slug_keeps_tell_names_apart() {
    let files = "//- content/notes/c.md\n---\ntitle: The language C\n---\n//- content/notes/5.md\n---\ntitle: Five\n---\n\
                 //- content/notes/net.md\n---\ntitle: Fishing net\n---\n//- content/notes/csharp.md\n---\ntitle: C#\n---\n\
                 //- content/notes/issue.md\n---\ntitle: Issue\n---\n## 12\n//- content/notes/i12.md\n---\ntitle: 'Issue #12'\n---\n\
                 //- content/notes/b.md\n---\ntitle: B\n---\n## C++\n\n## C\n";
    let page = |text: &str| {
        let drawn = site(&format!(
            "//- site.yaml\ntitle: Site\nkinds: {{note: {{}}}}\n{files}//- content/notes/page.md\n---\ntitle: Page\n---\n{text}\n"
        ));
        (drawn.problems(), drawn.main("/notes/page/"))
    };
    for other in
        ["[[C++]]", "[[F#]]", "[[5+]]", "[[-5]]", "[[.NET]]", "[[c*]]", "[x](C++.md)", "[x](c%23.md)", "[x](5%25.md)"]
    {
        assert!(page(other).0.contains("error[link-broken]"), "{other}: {}", page(other).0);
    }
    for (link, address) in [
        ("[[C#]]", "/notes/csharp/"),
        ("[[Issue #12]]", "/notes/i12/"),
        ("[[issue#12]]", "/notes/i12/"),
        ("[[c]]", "/notes/c/"),
        ("[[b#C]]", "/notes/b/#c-1"),
        ("[[b#C++]]", "/notes/b/#c"),
        ("[[Fishing net]]", "/notes/net/"),
    ] {
        let (said, main) = page(link);
        assert!(said.is_empty() && main.contains(&format!("href=\"{address}\"")), "{link}: {said}{main}");
    }
}

#[test]
fn an_image_that_begins_with_one_is_reported() {
    for markdown in ["<![[a|b]]\\[c](d.png)\n", "![[a|b]]](d.png)\n", "*![[a|b]] c][x]*\n\n[x]: d.png\n"] {
        let said = text(markdown).problems();
        assert!(said.contains("warning[text-lost]: this begins an image that ends behind it"), "{markdown}\n{said}");
    }
    assert!(!text("![[a](b.md) c](d.png) ![[x|y]](d.png)\n").problems().contains("text-lost"));
}

#[test]
fn brackets_in_the_words_of_a_link_are_no_wikilink() {
    let drawn = site(
        "//- site.yaml\ntitle: Site\nkinds: {note: {}}\n//- content/notes/b.md\n---\ntitle: Bee\n---\n\
         //- content/notes/page.md\n---\ntitle: Page\n---\n[[b]](http://x.example/) [[b]][1] [[b]] [[b]](b.md \"t\") `[[b]](b.md)` [[b]] (so)\n\n[1]: http://y.example/\n",
    );
    let page = drawn.main("/notes/page/");
    for shown in [
        "<a href=\"http://x.example/\">[b]</a> <a href=\"http://y.example/\">[b]</a> <a href=\"/notes/b/\">Bee</a>",
        "<a href=\"/notes/b/\" title=\"t\">[b]</a> <code>[[b]](b.md)</code> <a href=\"/notes/b/\">Bee</a> (so)",
    ] {
        assert!(page.contains(shown), "{shown}\n{page}");
    }
    drawn.is_fine();
}

#[test]
fn pictures_of_a_vault_may_be_links() {
    let drawn = site(
        "//- site.yaml\ntitle: Site\nkinds: {note: {folder: docs}}\n//- docs/b.md\n---\ntitle: Bee\n---\n//- docs/media/leek.svg\n<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"1\" height=\"1\"></svg>\n\
         //- docs/page.md\n---\ntitle: Page\n---\n[![[leek.svg|A leek]]](b.md)\n",
    );
    let page = drawn.main("/notes/page/");
    assert!(
        page.contains("<a href=\"/notes/b/\"><img") && page.contains("alt=\"A leek\""),
        "{page}{}",
        drawn.problems()
    );
}
