//! What the widget loads lazily, with all else in modules of this name (`xtask/src/build/split`): only such modules and
//! what they alone call may use it there. The desk has it from the start.

pub mod upload;
