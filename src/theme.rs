//! The built-in theme: the generic part of `templates/` and `static/` - what names no kind of Outside Lane - embedded in
//! the program.

/// Templates by name. A file of the same name in the project's `templates/` replaces one.
pub const TEMPLATES: &[(&str, &str)] = &[
    ("a-z.html", include_str!("../templates/a-z.html")),
    ("base.html", include_str!("../templates/base.html")),
    ("components/frame.html", include_str!("../templates/components/frame.html")),
    ("components/icons.html", include_str!("../templates/components/icons.html")),
    ("components/logo.html", include_str!("../templates/components/logo.html")),
    ("components/marks.html", include_str!("../templates/components/marks.html")),
    ("components/matrix.html", include_str!("../templates/components/matrix.html")),
    ("components/page.html", include_str!("../templates/components/page.html")),
    ("components/values.html", include_str!("../templates/components/values.html")),
    ("entry.html", include_str!("../templates/entry.html")),
    ("index.html", include_str!("../templates/index.html")),
    ("matrix.html", include_str!("../templates/matrix.html")),
    ("not-found.html", include_str!("../templates/not-found.html")),
    ("page.html", include_str!("../templates/page.html")),
    ("redirect.html", include_str!("../templates/redirect.html")),
    ("search.html", include_str!("../templates/search.html")),
    ("sources.html", include_str!("../templates/sources.html")),
];

/// Static files by name. A file of the same name in the project's `static/` replaces one.
pub const STATIC: &[(&str, &[u8])] = &[
    ("apple-touch-icon.png", include_bytes!("../static/apple-touch-icon.png")),
    ("favicon.svg", include_bytes!("../static/favicon.svg")),
    ("filter.js", include_bytes!("../static/filter.js")),
    ("fonts/archivo-wide.OFL.txt", include_bytes!("../static/fonts/archivo-wide.OFL.txt")),
    ("fonts/archivo-wide.woff2", include_bytes!("../static/fonts/archivo-wide.woff2")),
    ("fonts/atkinson-next.OFL.txt", include_bytes!("../static/fonts/atkinson-next.OFL.txt")),
    ("fonts/atkinson-next.woff2", include_bytes!("../static/fonts/atkinson-next.woff2")),
    ("search.js", include_bytes!("../static/search.js")),
    ("site.css", include_bytes!("../static/site.css")),
    ("theme-toggle.js", include_bytes!("../static/theme-toggle.js")),
    ("theme.js", include_bytes!("../static/theme.js")),
];
