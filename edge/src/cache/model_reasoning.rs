//! Which language models are known to answer without thinking aloud.
//!
//! A model whose chat template opens its thoughts by itself sends them with nothing but a closing tag behind them, so the first
//! answer of a model is held until it is whole. What is known lives as long as the isolate: forgetting costs one answer its growth.

use site::Agency;
use std::cell::RefCell;

/// So many are remembered; then all are forgotten.
const MAX_MODELS: usize = 500;

/// Site, address, model and its parameters.
type ModelKey = [String; 4];

thread_local! {
    static NON_REASONING: RefCell<Vec<ModelKey>> = const { RefCell::new(Vec::new()) };
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

/// The agency's model has thought aloud after all.
pub fn forget_model(site: &str, agency: &Agency) {
    let key = model_key(site, agency);
    NON_REASONING.with_borrow_mut(|known| known.retain(|model| Some(model) != key.as_ref()));
}

/// Parameters may switch a model's thinking on.
fn model_key(site: &str, agency: &Agency) -> Option<ModelKey> {
    let model = agency.model.as_ref()?;
    let parameters = serde_json::to_string(&model.parameters).unwrap_or_default();
    Some([site.to_owned(), agency.url.clone(), model.name.clone(), parameters])
}
