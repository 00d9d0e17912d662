//! What HTTP asks and is told: routes, headers, origins, the fields of posted forms.

pub mod assets;
pub mod form_action;
pub mod headers;
pub mod health;
pub mod navigation;
pub mod origin;
pub mod route;
