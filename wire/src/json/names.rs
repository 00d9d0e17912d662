//! Variants that are only a name.

use super::{Read, Value};
use crate::{AuthorKind, Fault, InputKind, Launcher, Position, Reason, Scheme, State};

/// One list a type gives both ways. A name that isn't in it becomes `Unknown`, where there is one.
macro_rules! names {
    ($type:ident: $($name:literal $variant:ident),+; else $other:ident) => {
        names!(@both $type: $($name $variant,)+; {_ => $type::$other} {$type::$other => "",});
    };
    ($type:ident: $($name:literal $variant:ident),+) => {
        names!(@both $type: $($name $variant,)+; {_ => return None} {});
    };
    (@both $type:ident: $($name:literal $variant:ident,)+; {$($rest:tt)+} {$($unnamed:tt)*}) => {
        impl $type {
            /// Its name on the wire; empty for what is never sent.
            pub fn name(self) -> &'static str {
                match self { $($type::$variant => $name,)+ $($unnamed)* }
            }

            fn named(name: &str) -> Option<$type> {
                Some(match name { $($name => $type::$variant,)+ $($rest)+ })
            }
        }

        impl Read for $type {
            fn read(value: Value, good: &mut bool) -> $type {
                let found = match &value {
                    Value::Text(name) => $type::named(name),
                    _ => None,
                };
                *good &= found.is_some();
                found.unwrap_or(names!(@first $type $($variant)+))
            }
        }
    };
    (@first $type:ident $first:ident $($more:ident)*) => { $type::$first };
}

names! {
    Fault:
        "malformed" Malformed,
        "too_long" TooLong,
        "too_fast" TooFast,
        "ticket" Ticket,
        "origin" Origin,
        "no_site" NoSite,
        "id_reused" IdReused,
        "personal" Personal,
        "version" Version,
        "identity" Identity,
        "stranger" Stranger,
        "file_kind" FileKind,
        "files_full" FilesFull,
        "internal" Internal;
    else Unknown
}
names! {
    AuthorKind: "visitor" Visitor, "assistant" Assistant, "agency" Agency, "staff" Staff;
    else Unknown
}
names! { State: "done" Done, "growing" Growing, "cut" Cut; else Unknown }
names! { Reason: "wrong" Wrong, "unclear" Unclear, "missing" Missing, "other" Other; else Unknown }
names! { InputKind: "date" Date, "choice" Choice, "place" Place; else Unknown }
names! { Scheme: "auto" Auto, "light" Light, "dark" Dark }
names! { Launcher: "bubble" Bubble, "bar" Bar, "tab" Tab, "none" None }
names! { Position: "end" End, "start" Start }
