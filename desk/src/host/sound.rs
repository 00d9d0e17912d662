//! A short sound, made and not loaded.

use std::cell::RefCell;
use wasm_bindgen::JsValue;
use web_sys::{AudioContext, OscillatorType};

/// How high, in hertz.
const PITCH: f32 = 660.0;
/// How loud, of 1.
const LOUD: f32 = 0.12;
/// How long, in seconds.
const LONG: f64 = 0.18;

thread_local! {
    static CONTEXT: RefCell<Option<AudioContext>> = const { RefCell::new(None) };
}

/// Beeps. Where the browser wants a press first, it stays silent.
pub fn play_beep() {
    let context = CONTEXT.with_borrow_mut(|context| {
        *context = context.take().or_else(|| AudioContext::new().ok());
        context.clone()
    });
    if let Some(context) = context {
        let _ = play_tone(&context);
    }
}

fn play_tone(context: &AudioContext) -> Result<(), JsValue> {
    let (tone, volume) = (context.create_oscillator()?, context.create_gain()?);
    tone.set_type(OscillatorType::Sine);
    tone.frequency().set_value(PITCH);
    let begin = context.current_time();
    volume.gain().set_value_at_time(LOUD, begin)?;
    volume.gain().exponential_ramp_to_value_at_time(0.001, begin + LONG)?;
    tone.connect_with_audio_node(&volume)?;
    volume.connect_with_audio_node(&context.destination())?;
    tone.start()?;
    tone.stop_with_when(begin + LONG)
}
