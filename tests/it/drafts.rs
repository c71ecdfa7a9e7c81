//! Drafts: nothing of them is published, and links to them are drawn as their words, in whatever way they are written.

use crate::harness::site;

const SITE: &str = "\
//- site.yaml
title: Site
kinds: {note: {}, topic: {}}
relations:
  - {one: note.topics, other: topic.notes}
checks: {advice: off}
//- content/notes/secret-plan.md
---
title: Secret plan for 2027
draft: true
aliases: [Codename]
redirect_from: [/old-plan/]
---
## Part
//- content/topics/hidden.md
---
title: Hidden
draft: true
---
";

#[test]
fn a_link_to_a_draft_is_its_words_however_it_is_written() {
    let drawn = site(&format!(
        "{SITE}//- content/notes/a.md\n---\ntitle: A\ntopics: [hidden]\n---\n[file](secret-plan.md) [part](secret-plan.md#part \"a title\") \
         [root](/notes/secret-plan/) [old](/old-plan/) [[secret-plan]] [[secret-plan|words]] [[Secret plan for 2027]] \
         [[codename|code]] [*two* words](secret-plan.md) [good](a.md)\n"
    ));
    let page = drawn.is_fine().main("/notes/a/");
    assert!(
        page.contains("file part root old secret plan words Secret plan for 2027 code <em>two</em> words <a href"),
        "{page}"
    );
    assert!(!page.contains("<a>") && !page.contains("secret-plan"), "{page}");
}

#[test]
fn files_that_belong_to_drafts_alone_are_not_published() {
    let drawn = site(&format!(
        "{SITE}//- content/notes/trip/index.md\n---\ntitle: Trip\ndraft: true\n---\n![Map](map.png)\n\
         //- content/notes/trip/map.png\nx\n//- content/notes/trip/contract.pdf\nx\n//- content/notes/plan.png\nx\n\
         //- content/notes/shared.png\nx\n//- content/notes/lone.png\nx\n\
         //- content/notes/draft.md\n---\ntitle: Draft\ndraft: true\n---\n![Plan](plan.png) ![Both](shared.png)\n\
         //- content/notes/a.md\n---\ntitle: A\n---\n![Both](shared.png)\n"
    ));
    let media: Vec<_> = drawn.files.keys().filter(|path| path.starts_with("media/")).collect();
    assert_eq!(media, ["media/notes/lone.png", "media/notes/shared.png"]);
}
