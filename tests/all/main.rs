//! Every test that needs more than one crate, a real runtime or a real browser. Run by `cargo xtask test`, which
//! says in the environment where the built parts are.
//!
//! - `rules`: what the code keeps to, checked in the source itself
//! - `protocol`: the JSON on the wire, variant by variant
//! - `sites`: the examples, and broken folders
//! - `chaos`: real workerd and real sockets, killed and cut at random
//! - `schedules`: widget and edge against each other, over everything that can go wrong, in memory
//! - `socket`: a visitor without a browser, against real workerd
//! - `post_transport`: where no socket gets through, against real workerd and in real Chromium
//! - `agency`: every connector and agencies that behave badly, against real workerd
//! - `budgets`: how much a visitor, an address and a site may use, against real workerd
//! - `personal`: personal data, against real workerd and in real Chromium
//! - `identity`: who a visitor is, as the host's server says, against real workerd and in real Chromium
//! - `opinions`: what visitors say of answers and of the chat, and what they tick off
//! - `dead_ends`: nobody answers, nobody comes, another language is written: there is always a way on
//! - `short_sayings`: a word or two, or other words than the site's own
//! - `elsewhere`: one conversation on another device, against real workerd and in real Chromium
//! - `erasure`: one person's data deleted and handed out, and a whole site forgotten
//! - `erasure_desk`: the same at the desk
//! - `forms`: procedures done in the chat, their cases, receipts and results
//! - `form_kinds`: passports, and dates of which less is known, in them
//! - `pages`: plain HTTP against real workerd
//! - `journey`: a visitor in real Chromium, with the chat as a page of its own
//! - `engines`: the same journey in Chromium, Firefox and WebKit
//! - `messages`: what an answer may hold besides words
//! - `languages`: every language of the widget's
//! - `pictures`: the same on every kind of screen
//! - `screens`: small screens, large letters, a lost network: nothing is covered, lost or out of reach
//! - `simple`: the simple view, spoken and heard
//! - `studio`: a site in colours that are only tried
//! - `files`: files that visitors send
//! - `input_methods`: words that are composed, by a real engine in real Chromium, and by trusted events
//! - `inputs`: what messages ask for besides words
//! - `openapi`: the description for agencies' developers, held against what is really said
//! - `papers`: files with forms and cases, from the visitor to the agency and back, in real Chromium
//! - `push`: devices that are told of news, against real workerd and in real Firefox
//! - `danger`: somebody in danger, answered before everything else on every way in
//! - `danger_data`: the same while the edge can't have the file that finds danger
//! - `desk`: the staff's desk, against real workerd and in real Chromium
//! - `desk_files`: files between visitors and the desk, both ways
//! - `desk_work`: approval, reports, alerts and the desk in French, in real Chromium
//! - `people`: visitors and staff over real sockets: the queue, two who want the same conversation, the way back
//! - `story`: one citizen's whole way, with the agency down and the edge killed in the middle, in real Chromium
//! - `gallery`: every state there is, looked at by axe-core and kept as pictures; all of them for `cargo xtask gallery`
//! - `reports`: what is counted of what happened, against real workerd
//! - `drills`: a server that is backed up, whose disk is full, some of whose code breaks
//! - `abuse`: floods, silent lines and made-up names, against real workerd
//! - `staff`: who may sit at the desk: accounts, signing in, sessions
//! - `staff_provider`: staff who sign in with the agency's own provider
//! - `old_data`: what an older version wrote, opened by this one
//! - `trail`: the audit trail, against real workerd
//! - `standing`: opening hours, notices and the off switch, against real workerd and in real Chromium
//! - `guest`: a visitor in real Chromium on an agency's web site
//! - `embed`: what a webmaster does with the tag, and what pages do to it

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod abuse;
mod agency;
mod budgets;
mod chaos;
mod danger;
mod danger_data;
mod dead_ends;
mod desk;
mod desk_files;
mod desk_work;
mod drills;
mod elsewhere;
mod embed;
mod engines;
mod erasure;
mod erasure_desk;
mod files;
mod form_kinds;
mod forms;
mod gallery;
mod guest;
mod identity;
mod input_methods;
mod inputs;
mod journey;
mod languages;
mod messages;
mod old_data;
mod openapi;
mod opinions;
mod pages;
mod papers;
mod people;
mod personal;
mod pictures;
mod post_transport;
mod protocol;
mod push;
mod reports;
mod rules;
mod schedules;
mod screens;
mod short_sayings;
mod simple;
mod sites;
mod socket;
mod staff;
mod staff_provider;
mod standing;
mod story;
mod studio;
mod trail;
