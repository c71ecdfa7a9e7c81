//! What Tera says of templates, as far as it is looked for. It promises none of these words: a test makes it say each, and
//! fails where a new version says something else.

/// Something is still open.
pub(super) const END: &str = "end of input";
/// A filter that is not there; its name follows.
pub(super) const FILTER: &str = "unknown filter";
/// A component that is not there; its name follows.
pub(super) const COMPONENT: &str = "unknown component";
/// A template that is not there; its name follows.
pub(super) const TEMPLATE: &str = "unknown template";
/// A block that no template above has.
pub(super) const BLOCK: &str = "in any parent";
/// A tag that means nothing, or ends what is not open.
pub(super) const TAG: &str = "unknown tag";
/// The end of a tag is missing.
pub(super) const TAG_END: &str = "expected %}";
/// The end of a value is missing.
pub(super) const VALUE_END: &str = "expected }}";
/// The fields of a value follow.
pub(super) const FIELDS: &str = "Available fields:";
/// The values that there are follow.
pub(super) const VARIABLES: &str = "Available variables:";
/// The arguments of a component follow.
pub(super) const ARGUMENTS: &str = "Possible argument(s) are:";
/// What an operator was given where a value is nothing.
pub(super) const NOTHING: &str = "`none`";
/// Where several templates are wrong, each report begins with this.
pub(super) const ERROR: &str = "error: ";
/// File, line and column follow.
pub(super) const AT: &str = "--> ";

#[cfg(test)]
mod tests {
    use super::*;

    /// What Tera says of loading a template, and of drawing it.
    fn message(text: &str) -> String {
        let mut tera = tera::Tera::new();
        let files = [("above", "{% block known %}{% endblock %}"), ("page", text)];
        let loaded = tera.add_raw_templates(files);
        let mut context = tera::Context::new();
        context.insert("page", &std::collections::BTreeMap::from([("title", "x")]));
        context.insert("nowhere", &None::<u8>);
        loaded.and_then(|()| tera.render("page", &context)).expect_err(text).to_string()
    }

    #[test]
    fn the_library_still_says_what_is_looked_for() {
        let component = "{% component one(a: string) %}{{ a }}{% endcomponent one %}";
        let said = [
            (END, "{% if page %}"),
            (FILTER, "{{ page | nothing }}"),
            (COMPONENT, "{{ <nothing /> }}"),
            (TEMPLATE, "{% include \"nothing\" %}"),
            (BLOCK, "{% extends \"above\" %}{% block other %}{% endblock %}"),
            (TAG, "{% nothing %}"),
            (TAG_END, "{% if page }}"),
            (VALUE_END, "{{ page page }}"),
            (FIELDS, "{{ page.nothing }}"),
            (VARIABLES, "{{ nothing }}"),
            (ARGUMENTS, &format!("{component}{{{{ <one a=\"x\" b=\"y\" /> }}}}")),
            (NOTHING, "{{ nowhere + 1 }}"),
            (ERROR, "{{ page | nothing }}"),
            (AT, "{{ page | nothing }}"),
        ];
        let unsaid = said.into_iter().filter_map(|(words, text)| {
            let message = message(text);
            // Some begin with a capital, which is made small before they are looked for.
            let is_said = message.contains(words) || message.to_lowercase().contains(words);
            (!is_said).then(|| format!("{words}: {message}"))
        });
        assert_eq!(unsaid.collect::<Vec<_>>(), Vec::<String>::new());
    }
}
