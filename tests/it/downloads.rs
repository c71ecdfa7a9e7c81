//! Files among the content that are neither texts nor media: published where a page leads to them, and named where none does.

use expect_test::expect;

use crate::harness::site;

const SITE: &str = "\
//- site.yaml
title: Site
kinds: {note: {extra: allow, fields: {picture: image, sheet: url}}}
blocks: {plan: {fields: {file: url}}}
//- templates/entry.html
<main>{{ entry.body }}</main>
//- templates/blocks/free.html
<div></div>
//- content/notes/track.gpx
x
//- content/notes/Deep Folder/plan (1).ZIP
x
//- content/notes/talk.docx
x
//- content/notes/song.ogg
x
//- content/notes/data.json
x
//- content/notes/sheet.xlsx
x
//- content/notes/old.txt
x
//- content/notes/free.epub
x
";

#[test]
fn a_file_of_any_ending_is_published_where_a_page_leads_to_it() {
    let drawn = site(&format!(
        "{SITE}//- content/notes/a.md\n---\ntitle: A\nsheet: /media/notes/sheet.xlsx\nattachment: data.json\n---\n\
         [track](track.gpx) [plan](<Deep Folder/plan (1).ZIP>) [[plan (1).zip|the plan]] ![Song](song.ogg)\n\n\
         ```free\nbook: free.epub\n```\n\n[talk]\n\n[talk]: talk.docx\n"
    ));
    drawn.reports(&expect![[r#"
        content/notes/a.md:6:81: warning[markdown-unread]: `song.ogg` is not shown in the text: the page links to it
          help: write a link, without the `!`, or copy what is to be shown
        content/notes/old.txt:1:1: warning[file-unused]: this file is neither Markdown, data nor media, and no page leads to it: it is left out
          help: rename it to `old.md` if it is a page
    "#]]);
    drawn.shows("/notes/a/", &expect![[r#"
        <p><a href="/media/notes/track.gpx">track</a> <a href="/media/notes/Deep%20Folder/plan%20%281%29.ZIP">plan</a> <a href="/media/notes/Deep%20Folder/plan%20%281%29.ZIP">the plan</a> <a href="/media/notes/song.ogg">Song</a></p>
        <div></div>

        <p><a href="/media/notes/talk.docx">talk</a></p>
    "#]]);
    let media: Vec<_> = drawn.files.keys().filter(|path| path.starts_with("media/")).collect();
    assert_eq!(media.len(), 7, "{media:?}");
}

#[test]
fn a_file_that_only_a_draft_leads_to_is_not_published_and_nobody_is_bothered() {
    let drawn = site(&format!(
        "{SITE}//- content/notes/a.md\n---\ntitle: A\ndraft: true\n---\n[track](track.gpx) [[talk.docx]]\n\
         //- content/notes/a.zip\nx\n//- content/notes/b.md\n---\ntitle: B\n---\n[old](old.txt)\n"
    ));
    let media: Vec<_> = drawn.files.keys().filter(|path| path.starts_with("media/")).collect();
    assert_eq!(media, ["media/notes/old.txt"]);
    assert!(!drawn.problems().contains("track") && !drawn.problems().contains("a.zip"), "{}", drawn.problems());
}

#[test]
fn what_lies_in_a_folder_with_drafts_alone_is_not_published() {
    let drawn = site(
        "//- site.yaml\ntitle: Site\nkinds: {note: {}, talk: {}}\n//- content/notes/a.md\n---\ntitle: A\n---\n\
         //- content/notes/lone.pdf\nx\n//- content/notes/trip/day.md\n---\ntitle: Day\ndraft: true\n---\n\
         //- content/notes/trip/img/map.png\nx\n//- content/notes/secret.md\n---\ntitle: Secret\ndraft: true\n---\n\
         //- content/notes/secret.pdf\nx\n//- content/talks/t.md\n---\ntitle: T\ndraft: true\n---\n//- content/talks/slides.pdf\nx\n",
    );
    let media: Vec<_> = drawn.files.keys().filter(|path| path.starts_with("media/")).collect();
    assert_eq!(media, ["media/notes/lone.pdf"]);
}

#[test]
fn an_image_that_browsers_do_not_show_is_linked_and_the_way_out_is_named() {
    site(
        "//- site.yaml\ntitle: Site\nkinds: {note: {fields: {picture: image}}}\n//- content/notes/photo.HEIC\nx\n\
         //- content/notes/plan.pdf\nx\n//- content/notes/a.md\n---\ntitle: A\npicture: photo.HEIC\n---\n![A photo](photo.HEIC)\n\n\
         ![Gone](phone.png)\n",
    )
    .reports(&expect![[r#"
        content/notes/a.md:5:1: warning[markdown-unread]: `photo.HEIC` is not shown in the text: the page links to it
          help: not all browsers show such images: save it as JPEG, PNG, WebP or AVIF
        content/notes/a.md:7:9: error[image-missing]: there is no image `content/notes/phone.png`
          help: put the file there, or correct the path: it counts from the folder of the page
    "#]]);
}

#[test]
fn a_file_is_found_by_its_name_however_that_is_written() {
    let written = [
        "[x](../notes/./talk.docx)",
        "[x](Talk.docx#page=2)",
        "[x](talk.docx?download=1)",
        "[x](t%61lk.docx)",
        "[x](/media/notes/talk.docx)",
        "[[TALK.docx]]",
        "![[talk.docx]]",
    ];
    for (at, markdown) in written.into_iter().enumerate() {
        let drawn = site(&format!("{SITE}//- content/notes/a.md\n---\ntitle: A\n---\n{markdown}\n"));
        // A name in other letters is the same to a wikilink alone.
        assert_eq!(drawn.files.contains_key("media/notes/talk.docx"), at != 1, "{markdown}");
    }
    for file in ["cafe\u{301}.ods", "a#b.ods", "50%.ods", "no ending"] {
        let address = file.replace('%', "%25").replace('#', "%23").replace(' ', "%20");
        let text = format!("{SITE}//- content/notes/{file}\nx\n//- content/notes/a.md\n---\ntitle: A\n---\n");
        for text in
            [format!("{text}[x](<{address}>)\n"), text.replace("title: A\n", &format!("title: A\nplan: '{file}'\n"))]
        {
            let drawn = site(&text);
            assert!(drawn.files.contains_key(&format!("media/notes/{file}")), "{text}: {:?}", drawn.files.keys());
        }
    }
}
