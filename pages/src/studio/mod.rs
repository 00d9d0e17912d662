//! The studio, for whoever develops a site: choose a colour and a launcher, see the whole chat with them on a desktop and a
//! phone, copy the tag. It exists only where the operator bound `HOI_STUDIO`, as `cargo xtask dev` does.
//!
//! A colour to try is part of a site's name (`ward--preview-a61c1c`), so that loader, frame and socket all see it.

mod host;
mod page;

pub use host::{SiteTrial, trial_host_page};
pub use page::studio_page;

use site::{Colour, Site};

/// Between a site's name and the colour to try on it.
const MARK: &str = "--preview-";

/// The name under which `site` is shown in `brand`.
pub fn trial_site_name(site: &str, brand: Colour) -> String {
    format!("{site}{MARK}{}", brand.to_string().trim_start_matches('#'))
}

/// The site and the colour that `name` asks for; nothing if it is no such name.
pub fn parse_trial_name(name: &str) -> Option<(&str, Colour)> {
    let (site, brand) = name.rsplit_once(MARK)?;
    Some((site, format!("#{brand}").parse().ok()?))
}

/// `site` as it would be in `brand`, for pages of the edge's own.
pub fn apply_trial(mut site: Site, name: &str, brand: Colour) -> Site {
    site.settings.site = name.to_owned();
    site.settings.look.brand = brand;
    // The page that shows it is one of the edge's.
    site.settings.origins = vec!["'self'".to_owned()];
    site
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_trials() {
        let brand = Colour { rgb: [0xa6, 0x1c, 0x1c] };
        assert_eq!(parse_trial_name(&trial_site_name("ward", brand)), Some(("ward", brand)));
        for plain in ["ward", "ward--preview-", "ward--preview-red", "ward-a61c1c"] {
            assert_eq!(parse_trial_name(plain), None, "{plain}");
        }
        assert!(hoi_core::http::route::is_site(&trial_site_name("ward", brand)));
    }
}
