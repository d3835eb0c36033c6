//! Roles in words.

use shop::access::Role;
use words::Language;

/// What a role is called.
pub fn name(language: Language, role: Role) -> &'static str {
    let say = language.people();
    match role {
        Role::Administrator => say.administrator(),
        Role::Merchandiser => say.merchandiser(),
        Role::Production => say.production(),
        Role::Viewer => say.viewer(),
    }
}
