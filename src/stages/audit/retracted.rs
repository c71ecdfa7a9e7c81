//! Works that were retracted, or that their journal doubts, and that entries still cite.

use std::collections::BTreeMap;

use crate::citations::status::{Standing, WorkStatus};
use crate::diagnostics::{Code, Diagnostic};
use crate::model::body::Body;
use crate::model::doc::Doc;
use crate::model::schema::{Field, Type};
use crate::model::site::Site;
use crate::model::value::Value;
use crate::span::Place;
use crate::yaml::{MappingPart, Path, PathStep};

/// Reports every place that cites such a work: as an error where a claim stands there that carries a grade.
pub(super) fn check(site: &Site, diagnostics: &mut Vec<Diagnostic>) {
    let works = site.bibliography.works.values();
    let doubted: BTreeMap<&str, &Standing> = works
        .filter_map(|work| Some((work.key.as_str(), work.standing.as_ref()?)))
        .filter(|(_, standing)| standing.status >= WorkStatus::Concern)
        .collect();
    if doubted.is_empty() {
        return;
    }
    let graded = site.schema.retractions.as_ref().map_or(&[][..], |retractions| &retractions.graded);
    for (entry, cited) in site.entries.iter().zip(&site.cited) {
        if cited.iter().any(|key| doubted.contains_key(key.as_str())) {
            RetractedSearch { site, doc: &entry.doc, doubted: &doubted, graded, found: diagnostics }.entry();
        }
    }
}

/// One entry that is looked at.
struct RetractedSearch<'a> {
    site: &'a Site,
    doc: &'a Doc,
    doubted: &'a BTreeMap<&'a str, &'a Standing>,
    /// The fields that say how sure a claim is.
    graded: &'a [String],
    found: &'a mut Vec<Diagnostic>,
}

/// The grade of a claim: its field, and where it stands.
#[derive(Clone)]
struct GradedClaim {
    field: String,
    place: Place,
}

/// Where a path of the YAML stands in which a value was written.
type PlaceOf<'p> = &'p dyn Fn(&[PathStep]) -> Place;

impl RetractedSearch<'_> {
    fn entry(&mut self) {
        let (site, doc) = (self.site, self.doc);
        let place = |path: &[PathStep]| doc.value_place(path);
        let fields = &site.schema.kind(doc.kind).fields;
        let grade = self.grade(fields, &doc.fields, &[], &place);
        self.values(fields, &doc.fields, &mut Vec::new(), grade.as_ref(), &place);
        self.body(&doc.body, grade.as_ref());
        for block in &doc.body.blocks {
            let declared = site.schema.blocks.iter().find(|(name, _)| *name == block.name);
            let within = |path: &[PathStep]| block.yaml.place(path, MappingPart::Value);
            let fields = declared.map_or(&[][..], |(_, fields)| fields);
            let own = self.grade(fields, block.values(), &[], &within);
            self.values(fields, block.values(), &mut Vec::new(), own.as_ref().or(grade.as_ref()), &within);
        }
        for relation in &doc.relations {
            let fields = &site.schema.relation(relation.relation).fields;
            for edge in &relation.edges {
                let mut path = vec![PathStep::Key(relation.key.clone())];
                path.extend(edge.index.map(PathStep::Index));
                // What is said of a pair is a claim of its own.
                let own = self.grade(fields, &edge.data, &path, &place);
                self.values(fields, &edge.data, &mut path, own.as_ref(), &place);
            }
        }
    }

    /// The grade among some values.
    fn grade(&self, fields: &[Field], values: &[Value], path: &[PathStep], place: PlaceOf<'_>) -> Option<GradedClaim> {
        let is_grade = |(field, value): &(&Field, &Value)| self.graded.contains(&field.name) && !value.is_empty();
        let (field, _) = fields.iter().zip(values).find(is_grade)?;
        let path = [path, &[PathStep::Key(field.name.clone())]].concat();
        Some(GradedClaim { field: field.name.clone(), place: place(&path) })
    }

    fn values(
        &mut self,
        fields: &[Field],
        values: &[Value],
        path: &mut Path,
        grade: Option<&GradedClaim>,
        place: PlaceOf<'_>,
    ) {
        for (field, value) in fields.iter().zip(values) {
            path.push(PathStep::Key(field.name.clone()));
            self.value(field, value, path, grade, place);
            path.pop();
        }
    }

    fn value(
        &mut self,
        field: &Field,
        value: &Value,
        path: &mut Path,
        grade: Option<&GradedClaim>,
        place: PlaceOf<'_>,
    ) {
        match (value, &field.ty) {
            (Value::Markdown(body), _) => self.body(body, grade),
            (Value::Citations(keys), _) => keys.iter().for_each(|(key, at)| self.cited(key, grade, || place(at))),
            (Value::Object(values), Type::Object(fields)) => {
                let own = self.grade(fields, values, path, place);
                self.values(fields, values, path, own.as_ref().or(grade), place);
            }
            (Value::List(items), Type::List(item)) => {
                for (at, value) in items.iter().enumerate() {
                    path.push(PathStep::Index(at));
                    self.value(item, value, path, grade, place);
                    path.pop();
                }
            }
            (
                Value::Nothing
                | Value::Text(_)
                | Value::Integer(_)
                | Value::Number(_)
                | Value::Boolean(_)
                | Value::Date(_)
                | Value::Choice(_)
                | Value::Range(..)
                | Value::Url(..)
                | Value::Image(..)
                | Value::Entry(..)
                | Value::List(_)
                | Value::Object(_)
                | Value::Data(_),
                _,
            ) => {}
        }
    }

    fn body(&mut self, body: &Body, grade: Option<&GradedClaim>) {
        let doc = self.doc;
        for citation in &body.citations {
            for ((key, _), span) in citation.keys.iter().zip(&citation.spans) {
                self.cited(key, grade, || doc.body_place(body, span.clone()));
            }
        }
    }

    fn cited(&mut self, key: &str, grade: Option<&GradedClaim>, place: impl FnOnce() -> Place) {
        let Some(standing) = self.doubted.get(key) else { return };
        let retracted = standing.status == WorkStatus::Retracted;
        let code = match (retracted, grade) {
            (true, Some(_)) => Code::SourceRetractedGraded,
            (true, None) => Code::SourceRetracted,
            (false, Some(_)) => Code::SourceConcern,
            (false, None) => return,
        };
        let mut message = match retracted {
            true => format!("`{key}` was retracted"),
            false => format!("the journal of `{key}` has published a concern about it"),
        };
        if let Some(day) = &standing.day {
            message.push_str(&format!(" on {day}"));
        }
        if let Some(reason) = &standing.reason {
            message.push_str(&format!(": {reason}"));
        }
        let mut diagnostic = Diagnostic::new(code, place(), message);
        diagnostic = match grade {
            Some(GradedClaim { field, place }) => diagnostic
                .related(place.clone(), format!("`{field}` says how sure this claim is"))
                .help("grade the claim by the works that are left, and take this one out"),
            None => diagnostic.help("take it out, or say in the text that it was retracted"),
        };
        self.found.push(diagnostic);
    }
}
