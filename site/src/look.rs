//! The half of a site's settings that the page may know.

use crate::{Colour, ContactDetails, Files, Logo, Settings, Site, Text};
use serde::{Deserialize, Serialize};
use wire::{Accent, Launcher, Look, Position, Run, Scheme};

/// `[look]` in `site.toml`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LookSettings {
    /// The brand's colour, as chosen; [`accent_colours`] makes it readable.
    pub brand: Colour,
    /// The logo.
    #[serde(default)]
    pub logo: Option<Logo>,
    /// How the launcher is drawn.
    #[serde(default)]
    pub launcher: Launcher,
    /// In which corner.
    #[serde(default)]
    pub position: Position,
    /// Light, dark or as the visitor's system says.
    #[serde(default)]
    pub scheme: Scheme,
    /// What stands on the launcher.
    pub launcher_label: Text,
    /// What the widget's own words may also be in, beside the site's languages. Absent: all there are.
    #[serde(default)]
    pub interface: Option<Vec<crate::Lang>>,
    /// Whether the foot of the panel may name the software.
    #[serde(default)]
    pub credit: bool,
}

/// WCAG 2.2's contrast for text (1.4.3, level AA).
const TEXT: f64 = 4.5;
/// The panel in light mode.
const LIGHT_PANEL: Colour = Colour::WHITE;
/// The panel in dark mode.
const DARK_PANEL: Colour = Colour { rgb: [0x16, 0x18, 0x1d] };

/// The colours the page uses for `brand`: each pair has a contrast of 4.5:1 at least, whatever the brand is.
pub fn accent_colours(brand: Colour) -> Accent {
    let light = fill_colour(brand);
    // On dark pages a dark brand would vanish into the panel: lift it until its edge is visible (1.4.11: 3:1).
    let dark = fill_colour(brand.adjust_contrast(Colour::WHITE, DARK_PANEL, 3.0));
    Accent {
        light: light.to_string(),
        on_light: text_colour_on(light).to_string(),
        dark: dark.to_string(),
        on_dark: text_colour_on(dark).to_string(),
        text_light: brand.adjust_contrast(Colour::INK, LIGHT_PANEL, TEXT).to_string(),
        text_dark: brand.adjust_contrast(Colour::WHITE, DARK_PANEL, TEXT).to_string(),
    }
}

/// `brand`, darkened only if neither white nor ink can be read on it.
fn fill_colour(brand: Colour) -> Colour {
    if crate::contrast_ratio(brand, text_colour_on(brand)) >= TEXT {
        brand
    } else {
        brand.adjust_contrast(Colour::INK, Colour::WHITE, TEXT)
    }
}

fn text_colour_on(fill: Colour) -> Colour {
    // White wherever it can be read: brands expect it.
    if crate::contrast_ratio(fill, Colour::WHITE) >= TEXT { Colour::WHITE } else { Colour::INK }
}

impl Site {
    /// What the page may know, in `lang`. `version` is the published one.
    pub fn public_look(&self, lang: &str, version: u64) -> Look {
        let settings = &self.settings;
        let say = |text: &Text| self.text_in(text, lang).to_owned();
        Look {
            site: settings.site.clone(),
            version,
            lang: lang.to_owned(),
            languages: settings.languages.clone(),
            interface: self.interface_languages().map(str::to_owned).collect(),
            name: say(&settings.name),
            assistant: say(&settings.assistant),
            launcher_label: say(&settings.look.launcher_label),
            greeting: vec![Run { text: say(&settings.greeting), ..Run::default() }],
            start: self.start_buttons(lang),
            contact: self.contact_card(lang),
            privacy: settings.privacy.as_ref().map(|text| Run { text: say(text), ..Run::default() }),
            care: settings.personal_data.care,
            notice: settings.notice.as_ref().map(|text| Run { text: say(text), ..Run::default() }),
            thumbs: settings.feedback.thumbs,
            survey: settings.feedback.survey,
            files: settings.files.as_ref().map(Files::file_rules),
            off: false,
            pictures: settings.pictures.clone(),
            logo: settings.look.logo.as_ref().map(|_| format!("/s/{}/logo?v={version}", settings.site)),
            accent: accent_colours(settings.look.brand),
            scheme: settings.look.scheme,
            launcher: settings.look.launcher,
            position: settings.look.position,
            credit: settings.look.credit,
        }
    }

    /// What the widget's own words may be in beside the site's languages.
    pub fn interface_languages(&self) -> impl Iterator<Item = &str> {
        let Settings { look, languages, .. } = &self.settings;
        let all = wire::LANGUAGES.iter().map(|(code, _)| *code);
        let offered = move |code: &&str| match &look.interface {
            Some(list) => list.iter().any(|lang| lang == code),
            None => true,
        };
        all.filter(offered).filter(move |code| !languages.iter().any(|lang| lang == code))
    }

    fn start_buttons(&self, lang: &str) -> Vec<wire::Button> {
        let intents = self.settings.start.intents.iter().filter_map(|id| self.intent_by_id(id));
        intents
            .map(|intent| wire::Button {
                label: self.text_in(&intent.title, lang).to_owned(),
                pick: Some(intent.id.clone()),
                href: None,
            })
            .collect()
    }

    /// The contact card in `lang`.
    pub fn contact_card(&self, lang: &str) -> wire::Contact {
        let ContactDetails { phones, email, address, hours } = &self.settings.contact;
        let phone = |phone: &crate::Phone| wire::Link {
            label: format!("{}: {}", self.text_in(&phone.label, lang), phone.number),
            href: format!("tel:{}", dial_string(&phone.number)),
        };
        wire::Contact {
            phones: phones.iter().map(phone).collect(),
            email: email.clone(),
            address: address.as_ref().map(|text| self.text_in(text, lang).to_owned()),
            hours: hours.get(lang, &self.settings.languages).to_vec(),
        }
    }
}

/// What a telephone dials: digits and a leading `+`.
fn dial_string(number: &str) -> String {
    number.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn every_brand_becomes_readable(rgb: [u8; 3]) {
            let accent = accent_colours(Colour { rgb });
            let c = |text: &str| text.parse::<Colour>().unwrap();
            let pairs = [
                (c(&accent.light), c(&accent.on_light)),
                (c(&accent.dark), c(&accent.on_dark)),
                (c(&accent.text_light), LIGHT_PANEL),
                (c(&accent.text_dark), DARK_PANEL),
            ];
            for (a, b) in pairs {
                prop_assert!(crate::contrast_ratio(a, b) >= TEXT, "{a} on {b} for {accent:?}");
            }
        }
    }
}
