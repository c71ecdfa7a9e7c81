//! Fields that stand only where those beside them are of a kind.

use super::fields::FieldReader;
use crate::diagnostics::{Code, Diagnostic};
use crate::model::condition::Condition;
use crate::model::schema::Field;
use crate::model::value::Value;
use crate::yaml::PathStep;

impl FieldReader<'_> {
    /// Reports the fields that stand where they have no place. Returns those that have to stand there and are missing.
    pub fn out_of_place<'f>(&mut self, fields: &'f [Field], values: &[Value], path: &[PathStep]) -> Vec<&'f Field> {
        let mut missing = Vec::new();
        for (field, value) in fields.iter().zip(values).filter(|(field, _)| !field.when.is_empty()) {
            let below = |name: &str| [path, &[PathStep::Key(name.to_string())]].concat();
            if field.when.iter().any(|(name, _)| self.is_reported(&below(name))) {
                continue; // what was meant there is unknown
            }
            let failed = field.when.iter().find(|(name, condition)| {
                let beside = fields.iter().zip(values).find(|(field, _)| field.name == *name);
                !beside.is_some_and(|(field, value)| condition.fits(value, &field.ty))
            });
            match failed {
                Some((name, condition)) if !value.is_empty() => {
                    let beside = fields.iter().zip(values).find(|(field, _)| field.name == *name);
                    let empty = beside.is_none_or(|(_, value)| value.is_empty());
                    self.misplaced(field, name, condition, empty, &below(&field.name));
                }
                None if value.is_empty() && field.required && !self.is_reported(&below(&field.name)) => {
                    missing.push(field);
                }
                _ => {}
            }
        }
        missing
    }

    fn misplaced(&mut self, field: &Field, beside: &str, condition: &Condition, alone: bool, path: &[PathStep]) {
        let message = if alone {
            format!("`{}` has no place without `{beside}`", field.name)
        } else {
            format!("`{}` has no place beside this `{beside}`", field.name)
        };
        let help = format!("leave it out: it stands only where `{beside}` {}", condition.words());
        self.push(Code::FieldOutOfPlace, path, message, Some(help));
    }

    /// As [`Reader::out_of_place`], for an object, an edge or a data block: what is missing is reported as well.
    pub fn check_conditional(&mut self, fields: &[Field], values: &[Value], path: &[PathStep]) {
        for field in self.out_of_place(fields, values, path) {
            let reasons: Vec<_> =
                field.when.iter().map(|(name, condition)| format!("`{name}` {}", condition.words())).collect();
            let message = format!("the field `{}` is missing", field.name);
            let mut diagnostic = Diagnostic::new(Code::FieldMissing, self.place(path), message);
            diagnostic.help.push(format!("it has to stand where {}", reasons.join(" and ")));
            let below = [path, &[PathStep::Key(field.name.clone())]].concat();
            diagnostic.help.extend(self.way_to_add(field, &below, false));
            self.diagnostics.push(diagnostic);
        }
    }
}
