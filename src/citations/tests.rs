use super::*;
#[cfg(not(feature = "citations"))]
use crate::diagnostics::Code;
#[cfg(feature = "citations")]
use expect_test::{Expect, expect};

fn read(text: &str) -> (Bibliography, Vec<Diagnostic>) {
    parse(&"content/sources.yaml".into(), text)
}

#[cfg(not(feature = "citations"))]
mod without_the_feature {
    use super::*;

    #[test]
    fn a_bibliography_is_reported_once_and_citations_stay_quiet() {
        let (bibliography, diagnostics) = read("a:\n  type: article\n");
        assert_eq!(diagnostics.len(), 1);
        assert_eq!(diagnostics[0].code, Code::BibliographyInvalid);
        assert_eq!(diagnostics[0].help, ["build it with `cargo build --features citations`"]);
        assert!(bibliography.works.is_empty() && bibliography.answers_to("a"));
    }

    #[test]
    fn an_empty_bibliography_is_fine() {
        let (bibliography, diagnostics) = read("\u{feff}# nothing yet\n\n");
        assert!(diagnostics.is_empty() && !bibliography.answers_to("a"));
    }
}

#[cfg(feature = "citations")]
mod with_the_feature {
    use super::*;
    use crate::span;

    const GOOD: &str = r#"# A comment.
davis2020:
  type: article
  title: "Effect of garden compost on fruitfulness and ripeness"
  genre: Review
  note: "29 trials, 1,012 people"
  author: ["Davis, Holly Louisa", "Alabed, Samer"]
  date: 2020-05-07
  page-range: "e000614"
  serial-number: {doi: "10.1136/bmjsem-2019-000614"}
  parent: {type: periodical, title: "BMJ Open Sport & Exercise Medicine", volume: 6, issue: "1"}

nhs:
  type: web
  title: Planter feverfews
  author: National Health Service
  url: https://www.nhs.uk/conditions/planter-feverfews/
"#;

    /// The problems of a bibliography as `line:column code: message`, its ways out below.
    fn check(text: &str, expected: Expect) -> Bibliography {
        let (bibliography, diagnostics) = read(text);
        let mut report = String::new();
        for diagnostic in &diagnostics {
            let at = |place: &Place| {
                let (line, column) = span::line_column(text, place.range().start);
                format!("{line}:{column} `{}`", &text[place.range()])
            };
            report += &format!("{} {}: {}\n", at(&diagnostic.place), diagnostic.code.name(), diagnostic.message);
            for related in &diagnostic.related {
                report += &format!("  {}: {}\n", at(&related.place), related.label);
            }
            for help in &diagnostic.help {
                let short: String = help.chars().take(90).collect();
                report += &format!("  help: {short}\n");
            }
            if let Some(fix) = &diagnostic.fix {
                report += &format!("  fix: {} -> {}\n", at(&fix.place), fix.replacement);
            }
        }
        expected.assert_eq(&report);
        bibliography
    }

    fn reference(fields: &str) -> Work {
        let (bibliography, diagnostics) = read(&format!("a:\n  {}\n", fields.replace('\n', "\n  ")));
        assert_eq!(diagnostics, []);
        bibliography.works["a"].clone()
    }

    fn keys(bibliography: &Bibliography) -> Vec<&str> {
        bibliography.works.keys().map(String::as_str).collect()
    }

    #[test]
    fn a_work_has_all_its_parts() {
        let bibliography = check(GOOD, expect![""]);
        expect![[r#"
            Work {
                key: "davis2020",
                place: Place {
                    path: "content/sources.yaml",
                    span: 13..22,
                },
                title: "Effect of garden compost on fruitfulness and ripeness",
                authors: [
                    "Holly Louisa Davis",
                    "Samer Alabed",
                ],
                year: Some(
                    "2020",
                ),
                date: Some(
                    "2020-05-07",
                ),
                container: Some(
                    "BMJ Open Sport & Exercise Medicine",
                ),
                volume: Some(
                    "6",
                ),
                issue: Some(
                    "1",
                ),
                pages: Some(
                    "e000614",
                ),
                doi: Some(
                    "10.1136/bmjsem-2019-000614",
                ),
                url: Some(
                    "https://doi.org/10.1136/bmjsem-2019-000614",
                ),
                kind: Some(
                    "Review, 29 trials, 1,012 people",
                ),
                standing: None,
                reference: "Davis HL, Alabed S. 2020. Effect of garden compost on fruitfulness and ripeness. BMJ Open Sport &amp; Exercise Medicine. 6(1):e000614. <a href=\"https://doi.org/10.1136/bmjsem-2019-000614\">doi:10.1136/bmjsem-2019-000614</a>",
            }
        "#]]
        .assert_debug_eq(&bibliography.works["davis2020"]);
    }

    #[test]
    fn a_leaflet_ends_in_its_address() {
        let bibliography = check(GOOD, expect![""]);
        expect![[r#"National Health Service. Planter feverfews. <a href="https://www.nhs.uk/conditions/planter-feverfews/">https://www.nhs.uk/conditions/planter-feverfews/</a>"#]]
            .assert_eq(&bibliography.works["nhs"].reference);
    }

    #[test]
    fn many_authors_are_shortened() {
        let work = reference(
            "type: book\ntitle: T\nauthor: [\"A, B\", \"C, D\", \"E, F\", \"G, H\", \"I, J\", \"K, L\", \"M, N\"]\ndate: 2001",
        );
        expect!["A B, C D, E F, G H, I J, et al. 2001. T."].assert_eq(&work.reference);
        assert_eq!(work.authors.len(), 7);
    }

    #[test]
    fn names_keep_their_particles_suffixes_and_hyphens() {
        let work = reference(
            "type: book\ntitle: T\nauthor: [\"de Vos, Robert-Jan\", \"Koc, Thomas A., Jr.\", \"Roe, Jr., Jo\", \"Liao, Fei-fei\"]",
        );
        assert_eq!(work.authors, ["Robert-Jan de Vos", "Thomas A. Koc Jr.", "Jo Roe Jr.", "Fei-fei Liao"]);
        expect!["de Vos R-J, Koc TA Jr., Roe J Jr., Liao F-F. T."].assert_eq(&work.reference);
    }

    #[test]
    fn dates_are_as_long_as_they_are_known() {
        let dates = ["2012", "2017-06", "2017-06-30"]
            .map(|date| reference(&format!("type: book\ntitle: T\ndate: {date}")).date);
        assert_eq!(dates.map(Option::unwrap), ["2012", "2017-06", "2017-06-30"]);
        let work = reference("type: book\ntitle: T");
        assert_eq!((work.date, work.year), (None, None));
    }

    #[test]
    fn a_question_is_not_followed_by_a_full_stop() {
        expect!["Does it work? 2001."].assert_eq(&reference("type: book\ntitle: Does it work?\ndate: 2001").reference);
    }

    #[test]
    fn missing_pages_leave_no_dangling_colon() {
        let work =
            reference("type: article\ntitle: T\ndate: 2016\nparent: {type: periodical, title: J, volume: 5, issue: 1}");
        expect!["T. 2016. J. 5(1)."].assert_eq(&work.reference);
    }

    #[test]
    fn everything_in_a_reference_is_escaped() {
        let work = reference(
            "type: article\ntitle: '<script>alert(1)</script> & \"quotes\" it''s'\nauthor: \"<b>X</b>, Y\"\nparent: {type: periodical, title: \"J<img src=x>\", volume: \"<i>\"}\nserial-number: {doi: '10.1/\"><script>'}",
        );
        expect![[r#"&lt;b&gt;X&lt;/b&gt; Y. &lt;script&gt;alert(1)&lt;/script&gt; &amp; &quot;quotes&quot; it&#39;s. J&lt;img src=x&gt;. &lt;i&gt;. <a href="https://doi.org/10.1/%22%3E%3Cscript%3E">doi:10.1/&quot;&gt;&lt;script&gt;</a>"#]].assert_eq(&work.reference);
        assert_eq!(work.title, r#"<script>alert(1)</script> & "quotes" it's"#);
    }

    #[test]
    fn only_web_addresses_become_links() {
        for url in ["javascript:alert(1)", "data:text/html,x", "JavaScript://x/%0aalert(1)", "file:///etc/passwd"] {
            let work = reference(&format!("type: web\ntitle: T\nurl: \"{url}\""));
            assert_eq!((work.url, work.reference.as_str()), (None, "T."), "{url}");
        }
        let plain = reference("type: web\ntitle: T\nurl: http://example.org/a?b=1&c=\"");
        assert_eq!(plain.url, None, "only https is offered to templates");
        expect![[r#"T. <a href="http://example.org/a?b=1&amp;c=%22">http://example.org/a?b=1&amp;c=%22</a>"#]]
            .assert_eq(&plain.reference);
    }

    #[test]
    fn a_doi_may_be_written_as_an_address() {
        for doi in ["10.1/x", "doi:10.1/x", "https://doi.org/10.1/x", "http://dx.doi.org/10.1/x", "DOI: 10.1/x"] {
            let work = reference(&format!("type: book\ntitle: T\nserial-number: {{doi: \"{doi}\"}}"));
            assert_eq!(work.doi.as_deref(), Some("10.1/x"), "{doi}");
            assert_eq!(work.url.as_deref(), Some("https://doi.org/10.1/x"));
        }
        let work = reference("type: book\ntitle: T\nserial-number: {doi: \"javascript:alert(1)\"}");
        assert_eq!((work.doi, work.reference.as_str()), (None, "T."));
    }

    #[test]
    fn an_own_address_goes_before_that_of_the_doi() {
        let work = reference("type: book\ntitle: T\nurl: https://example.org/\nserial-number: {doi: 10.1/x}");
        assert_eq!(work.url.as_deref(), Some("https://example.org/"));
        assert!(work.reference.ends_with(r#"<a href="https://doi.org/10.1/x">doi:10.1/x</a>"#), "{}", work.reference);
    }

    #[test]
    fn control_characters_do_not_reach_the_page() {
        let work = reference("type: book\ntitle: \"a\\0b\\ec\\nd\"\ngenre: \"x\\ty\"");
        assert_eq!((work.title.as_str(), work.kind.as_deref()), ("a b c d", Some("x y")));
        expect!["a b c d."].assert_eq(&work.reference);
    }

    #[test]
    fn a_broken_work_does_not_lose_the_others() {
        let text = GOOD.replace("type: web", "type: wep");
        let bibliography = check(
            &text,
            expect![[r#"
                14:9 `wep` bibliography-invalid: `nhs` has an unknown type, `wep`
                  help: did you mean `web`?
            "#]],
        );
        assert_eq!(keys(&bibliography), ["davis2020"]);
        assert!(bibliography.answers_to("nhs") && !bibliography.answers_to("nsh"));
        assert_eq!(bibliography.works["davis2020"], read(GOOD).0.works["davis2020"]);
    }

    #[test]
    fn broken_fields_say_what_is_wrong_and_what_to_write() {
        check(
            "a:\n  type: article\n  date: soon\nb:\n  title: x\nc: 5\nd:\n  type: web\n  url: www.nhs.uk\ne:\n  type: article\n  author: [\"A, B\", \"a, b, c, d\"]\nf:\n  type: book\n  title: 1984\ng:\n  type: article\n  parent:\n    type: journal\n",
            expect![[r#"
                3:9 `soon` bibliography-invalid: the `date` of `a` cannot be read: date format unknown
                  help: write a date as `2020`, `2020-05` or `2020-05-07`
                4:1 `b` bibliography-invalid: `b` has no `type`
                  help: add `type: article`, or `web`, `book`, `report` and so on, below it
                6:1 `c` bibliography-invalid: `c` is no work: it has no fields
                  help: indent `type:`, `title:` and the other fields below it
                9:8 `www.nhs.uk` bibliography-invalid: the `url` of `d` cannot be read: it is not a whole address
                  help: begin it with `https://`
                12:20 `"a, b, c, d"` bibliography-invalid: the `author[1]` of `e` cannot be read: it has too many commas
                  help: write a name as `Last, First` or `Last, Jr., First`
                15:10 `1984` bibliography-invalid: the `title` of `f` cannot be read: integer `1984` is there, and a text is needed
                  help: put it between quotes to make it a text
                19:11 `journal` bibliography-invalid: the parent of `g` has an unknown type, `journal`
                  help: did you mean `periodical`?
            "#]],
        );
    }

    #[test]
    fn duplicates_show_both_places() {
        let bibliography = check(
            "a:\n  type: book\n  title: one\nb:\n  type: book\n  title: x\n  title: y\n\"a\":\n  type: book\n  title: two\n",
            expect![[r#"
                7:3 `title` yaml-duplicate-key: `b` has `title` twice
                  6:3 `title`: the first one
                  help: remove one of them
                8:1 `"a"` yaml-duplicate-key: the work `a` is there twice
                  1:1 `a`: the first one, which is used
                  help: remove one of them, or give it a key of its own
            "#]],
        );
        assert_eq!(bibliography.works["a"].title, "one");
    }

    #[test]
    fn syntax_errors_point_at_the_sign_and_lose_one_work() {
        let bibliography = check(
            "\u{feff}ä:\r\n  type: book\r\n  title: Überall: hier\r\nb:\r\n  type: book\r\n  title: \"open\r\nc:\r\n\ttype: book\r\nd:\r\n  type: book\r\n  title: fine\r\ne:\r\n  note: @home\r\n",
            expect![[r#"
                3:17 `:` yaml-invalid: a second `: ` in one line: what stands before it is taken for a key
                  help: put quotes round the value: `"Überall: hier"`
                6:10 `"open` yaml-invalid: a quote is opened here and not closed
                  help: put a `"` at the end of the text
                8:1 `	` yaml-invalid: a tab cannot indent YAML
                  help: indent with spaces
                13:9 `@home` yaml-invalid: a value cannot begin with `@`
                  help: put quotes round the value: `"@home"`
            "#]],
        );
        assert_eq!(keys(&bibliography), ["d"]);
        assert_eq!(bibliography.unreadable, ["b", "c", "e", "ä"].map(String::from).into());
    }

    #[test]
    fn what_is_no_list_of_works_is_one_problem() {
        for text in ["hello", "- a\n- b\n", "[a, b]", "{", "}}}", "\"", "&", "*x", "%", "\t", "? a", "|", "---\n---\n"]
        {
            let (bibliography, diagnostics) = read(text);
            assert_eq!(diagnostics.len(), 1, "{text:?} {diagnostics:?}");
            assert!(!diagnostics[0].help.is_empty() && bibliography.works.is_empty());
        }
        assert!(read("hello").0.answers_to("anything"), "citations stay quiet");
        check(
            "- a\n",
            expect![[r#"
                1:1 `-` bibliography-invalid: the bibliography is not a list of works under their keys
                  help: write each work as `davis2020:` and its `type:`, `title:` and other fields indented below 
            "#]],
        );
    }

    #[test]
    fn nothing_to_read_is_nothing_wrong() {
        for text in ["", "\n\n", "# only a comment\n", "\u{feff}", "---\n", "{}"] {
            let (bibliography, problems) = read(text);
            let nothing = Bibliography { file: bibliography.file.clone(), ..Bibliography::default() };
            assert_eq!((bibliography, problems), (nothing, Vec::new()), "{text:?}");
        }
    }

    #[test]
    fn line_ends_and_a_byte_order_mark_change_only_places() {
        let parts = |text: &str| {
            let (bibliography, diagnostics) = read(text);
            assert_eq!(diagnostics, []);
            let place = bibliography.works["nhs"].place.range();
            assert_eq!(&text[place], "nhs");
            bibliography.works.into_values().map(|work| work.reference).collect::<Vec<_>>()
        };
        assert_eq!(parts(GOOD), parts(&format!("\u{feff}{}", GOOD.replace('\n', "\r\n"))));
    }

    #[test]
    fn works_may_share_a_journal_through_an_anchor() {
        let shared = "a:\n  type: article\n  title: A\n  parent: &j {type: periodical, title: J}\nb:\n  type: article\n  title: B\n  parent: *j\n";
        assert_eq!(read(shared).0.works["b"].container.as_deref(), Some("J"));
        let (bibliography, diagnostics) = read(&format!("{shared}c:\n  type: nothing\n"));
        assert_eq!((keys(&bibliography), diagnostics.len()), (vec!["a", "b"], 1), "also when a third work is broken");
        let (bibliography, diagnostics) = read(&shared.replace("title: A", "title: {"));
        assert_eq!((keys(&bibliography), diagnostics.len()), (vec![], 1), "the anchor went down with its work");
        assert!(bibliography.answers_to("b"));
    }

    #[test]
    fn the_order_of_the_file_does_not_matter() {
        let (first, second) = GOOD.split_once("\n\n").unwrap();
        let references = |text: &str| read(text).0.works.into_values().map(|work| work.reference).collect::<Vec<_>>();
        assert_eq!(references(GOOD), references(&format!("{second}\n{first}\n")));
    }

    #[test]
    fn malice_is_refused_in_good_time() {
        let many = |n: usize, text: &dyn Fn(usize) -> String| (0..n).map(text).collect::<String>();
        let bomb = many(9, &|i| match i {
            0 => "a0: &a0 [x, x, x, x, x, x, x, x, x]\n".to_string(),
            i => format!("a{i}: &a{i} [{}]\n", vec![format!("*a{}", i - 1); 9].join(", ")),
        });
        let wide = format!("a: &a [{}]\nb: [{}]\n", "x, ".repeat(20_000), "*a, ".repeat(2_000));
        let deep = format!("a:\n  type: article\n  parent: {}", "{parent: ".repeat(100) + &"}".repeat(100));
        let texts = [
            bomb,
            wide,
            deep.clone(),
            deep.replace("parent: ", "parent: ["),
            format!("a: {}", "[".repeat(100_000)),
            format!("a: {}", "{".repeat(100_000)),
            "- ".repeat(100_000),
            many(3_000, &|i| format!("{}a:\n", " ".repeat(i))),
            "\u{0}\u{1}\u{7f}\u{85}\u{2028}é😀".repeat(20_000),
            "a: b\n".repeat(20_000),
            many(5_000, &|i| format!("k{i}: junk\n")),
            format!("a:\n  type: book\n  title: \"{}\"\n", "word {x} $y$ ".repeat(20_000)),
            format!("a:\n  type: book\n  author: [{}]\n", "\"Last, First\", ".repeat(5_000)),
            "a:\n  type: book\n  date: {year: -2147483648, month: 255, day: 255}\n  edition: -2147483648\n".to_string(),
            "a:\n  type: article\n  page-range: \"1-2-3, &, --\"\n  volume: \"9999999999999999999\"\n  time-range: 99:99:99-1\n".to_string(),
        ];
        for text in &texts {
            let (_, diagnostics) = read(text);
            assert!(diagnostics.len() <= 201, "{} problems in {}", diagnostics.len(), &text[..40]);
            for diagnostic in diagnostics {
                assert!(text.get(diagnostic.place.range()).is_some(), "{diagnostic:?}");
            }
        }
    }

    #[test]
    fn a_work_nested_too_deeply_does_not_lose_the_others() {
        let text = format!("{GOOD}deep: {}\nlast:\n  type: book\n", "[".repeat(100_000));
        let (bibliography, diagnostics) = read(&text);
        assert_eq!(keys(&bibliography), ["davis2020", "last", "nhs"]);
        assert_eq!((diagnostics.len(), &text[diagnostics[0].place.range()]), (1, "deep"));
    }

    #[test]
    fn a_long_bibliography_is_read_like_a_short_one() {
        let long: String = (0..2_500)
            .map(|i| format!("k{i}:\n  type: book\n  title: T{i}\n  parent: &p{i} {{type: book, title: P}}\n"))
            .collect();
        let (bibliography, diagnostics) = read(&(long + "last:\n  type: book\n  parent: *p7\n"));
        assert_eq!((bibliography.works.len(), diagnostics), (2_501, vec![]));
        assert_eq!(bibliography.works["last"].title, "P");
    }

    #[test]
    fn any_cut_and_any_slip_is_survived() {
        let text = GOOD.replace("Planter", "Plänтar");
        for (at, _) in text.char_indices() {
            read(&text[..at]);
            for slip in ["\"", ":", "\t", "}", "*", "\n"] {
                let (_, diagnostics) = read(&format!("{}{slip}{}", &text[..at], &text[at..]));
                assert!(diagnostics.iter().all(|diagnostic| !diagnostic.help.is_empty()), "{diagnostics:?}");
            }
        }
    }
}
