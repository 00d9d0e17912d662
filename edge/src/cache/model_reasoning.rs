//! Which language models are known to answer without thinking aloud.
//!
//! A model whose chat template opens its thoughts by itself sends them with nothing but a closing tag behind them, so the first
//! answer of a model is held until it is whole. What is known lives as long as the isolate: forgetting costs one answer its growth.

use site::Agency;
use std::cell::RefCell;

/// So many are remembered; then all are forgotten.
const MAX_MODELS: usize = 500;

thread_local! {
    /// Site, address and name of the model.
    static NON_REASONING: RefCell<Vec<(String, String, String)>> = const { RefCell::new(Vec::new()) };
}

/// Whether the agency's model answered `site` without thoughts before; also where no language model is asked.
pub fn is_non_reasoning_model(site: &str, agency: &Agency) -> bool {
    let Some(key) = model_key(site, agency) else { return true };
    NON_REASONING.with_borrow(|known| known.contains(&key))
}

/// The agency's model has answered `site` without thoughts.
pub fn record_non_reasoning_model(site: &str, agency: &Agency) {
    let Some(key) = model_key(site, agency) else { return };
    NON_REASONING.with_borrow_mut(|known| {
        if known.contains(&key) {
            return;
        }
        if known.len() >= MAX_MODELS {
            known.clear();
        }
        known.push(key);
    });
}

fn model_key(site: &str, agency: &Agency) -> Option<(String, String, String)> {
    let model = agency.model.as_ref()?;
    Some((site.to_owned(), agency.url.clone(), model.name.clone()))
}
