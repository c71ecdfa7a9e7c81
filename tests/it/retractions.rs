//! What has become of the works that pages cite.

use crate::harness::Project;

const SITE: &str = r#"//- site.yaml
title: Shed
checks: {advice: off}
retractions: {file: retractions.csv, graded: [grade]}
kinds:
  tool:
    fields:
      grade: {type: choice, of: [weak, strong]}
      trials: {type: list, of: {type: object, fields: {grade: {type: choice, of: [weak, strong]}, sources: citations}}}
//- content/sources.yaml
gone: {type: article, title: Gone, serial-number: {doi: '10.1000/GONE'}}
back: {type: article, title: Back, url: 'https://doi.org/10.1000/back'}
doubted: {type: article, title: Doubted, serial-number: {doi: 'doi:10.1000/doubted'}}
corrected: {type: article, title: Corrected, status: corrected}
looked-at: {type: article, title: Looked at, status: current}
unknown: {type: article, title: Unknown, serial-number: {doi: '10.1000/unknown'}}
without: {type: article, title: Without}
//- content/retractions.csv
"Record ID","Title","RetractionDate","OriginalPaperDOI","RetractionNature","Reason"
1,"A ""quoted"" title,
over two lines","1/2/2020 0:00","10.1000/gone","Retraction","+Fake Data;"
2,"Back","1/2/2019 0:00","https://doi.org/10.1000/BACK","Retraction",""
3,"Back","1/2/2021 0:00","10.1000/back","Reinstatement",""
4,"Doubted","1/2/2018 0:00","10.1000/doubted","Expression of concern",""
5,"Another","1/2/2018 0:00","unavailable","Retraction",""
//- content/tools/bulb.md
---
title: Bulb
trials:
  - {grade: weak, sources: [gone]}
  - {sources: [gone]}
---
As they say [@gone; @back; @doubted; @corrected; @looked-at; @unknown; @without].
"#;

#[test]
fn the_list_of_sources_says_what_is_known_and_never_that_the_rest_is_fine() {
    let project = Project::bare(SITE);
    let drawn = project.drawn();
    let page = drawn.file("sources/index.html");
    let of = |key: &str| {
        let (_, rest) = page.split_once(&format!("<li id=\"{key}\">")).unwrap();
        rest.split("</li>").next().unwrap_or_default().to_string()
    };
    assert!(of("gone").starts_with("<p><strong class=\"status\">Retracted.</strong> "), "{}", of("gone"));
    assert!(of("back").contains("Corrected.</strong>"));
    assert!(of("doubted").contains("Doubted by its journal.</strong>"));
    assert!(of("corrected").contains("Corrected.</strong>"));
    for key in ["looked-at", "unknown", "without"] {
        assert!(!of(key).contains("strong"), "{}", of(key));
    }
    assert!(drawn.file("tools/bulb/index.html").contains("<strong class=\"status\">Retracted.</strong>"));
}

#[test]
fn a_retracted_work_is_an_error_under_a_grade_and_a_warning_elsewhere() {
    let ran = Project::bare(SITE).run(&["check", "--format", "short"]);
    assert_eq!(ran.code, Some(1));
    assert_eq!(
        ran.out,
        "content/tools/bulb.md:4:29: error[source-retracted-graded]: `gone` was retracted on 2020-01-02: Fake Data\n\
         content/tools/bulb.md:5:16: warning[source-retracted]: `gone` was retracted on 2020-01-02: Fake Data\n\
         content/tools/bulb.md:7:15: warning[source-retracted]: `gone` was retracted on 2020-01-02: Fake Data\n"
    );
}

#[test]
fn a_file_that_is_not_there_is_said_and_one_that_comes_is_read() {
    let project = Project::bare(SITE);
    let list = project.read("content/retractions.csv");
    project.remove("content/retractions.csv");
    let ran = project.run(&["check", "--format", "short"]);
    assert_eq!(ran.out, "site.yaml:3:21: error[retractions-invalid]: there is no file `content/retractions.csv`\n");
    project.write("site.yaml", project.read("site.yaml").replace("graded: [grade]", "graded: []"));
    project.write("content/retractions.csv", list.replace("10.1000/gone", "10.1000/other"));
    project.runs(&["build"]);
    assert!(!project.read("public/sources/index.html").contains("Retracted"));
    assert!(project.runs(&["build"]).err.contains("nothing had changed"));
    project.write("content/retractions.csv", list);
    project.runs(&["build"]);
    assert!(project.read("public/sources/index.html").contains("Retracted"));
    assert!(project.tree("public").keys().all(|path| !path.contains("retractions")));
}
