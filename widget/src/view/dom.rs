//! Elements, made one way for all.
//!
//! `view!` gives every nesting of elements a type of its own, and each type its own code for building, changing and
//! dropping it: more than half of what the widget weighed. Here an element is a handle, whatever it is; what changes
//! later is followed by an effect of Leptos's, which lives as long as the owner it was made under.

use crate::host::{root, shell};
use leptos::prelude::*;
use leptos::reactive::effect::RenderEffect;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Comment, DocumentFragment, Element, Event, Node, Text};

/// A node of what is drawn: an element or a text.
#[derive(Clone)]
pub struct ViewNode(Node);

/// An element of this class, empty; `class` may be too.
pub fn new_element(tag: &str, class: &str) -> ViewNode {
    let element = root::document().and_then(|document| document.create_element(tag).ok());
    // Only a name that is none fails, and ours are written out.
    let node = ViewNode(element.unwrap_or_else(|| JsValue::NULL.unchecked_into()).into());
    if class.is_empty() { node } else { node.with_attribute("class", class) }
}

/// An element of a drawing.
pub fn new_svg(tag: &str) -> ViewNode {
    let space = Some("http://www.w3.org/2000/svg");
    let element = root::document().and_then(|document| document.create_element_ns(space, tag).ok());
    ViewNode(element.unwrap_or_else(|| JsValue::NULL.unchecked_into()).into())
}

/// An element with nothing but a text.
pub fn element_with_text(tag: &str, class: &str, text: &str) -> ViewNode {
    let node = new_element(tag, class);
    node.0.set_text_content(Some(text));
    node
}

/// A button that does something when it is pressed.
pub fn new_button(class: &str, mut pressed: impl FnMut() + 'static) -> ViewNode {
    new_element("button", class)
        .with_attribute("type", "button")
        .with_listener("click", move |_: Event| pressed())
}

/// Several as one, as long as it isn't taken out again.
pub fn new_fragment(nodes: impl IntoIterator<Item = ViewNode>) -> ViewNode {
    let fragment = DocumentFragment::new();
    let group = ViewNode(fragment.map_or_else(|_| JsValue::NULL.unchecked_into(), Node::from));
    group.with_children(nodes)
}

/// Has `place` hold these and nothing else.
pub fn replace_children(place: &Element, nodes: impl IntoIterator<Item = ViewNode>) {
    place.set_text_content(None);
    let _ = place.append_child(&new_fragment(nodes).0);
}

/// A text.
pub fn new_text(text: &str) -> ViewNode {
    let node = Text::new_with_data(text);
    ViewNode(node.map_or_else(|_| JsValue::NULL.unchecked_into(), Node::from))
}

impl ViewNode {
    /// With this attribute.
    pub fn with_attribute(self, name: &str, value: &str) -> ViewNode {
        let _ = self.0.unchecked_ref::<Element>().set_attribute(name, value);
        self
    }

    /// With `child` after what is in it.
    pub fn with_child(self, child: ViewNode) -> ViewNode {
        let _ = self.0.append_child(&child.0);
        self
    }

    /// With all of them after what is in it.
    pub fn with_children(self, children: impl IntoIterator<Item = ViewNode>) -> ViewNode {
        children.into_iter().fold(self, ViewNode::with_child)
    }

    /// Calls `heard` for each such event.
    pub fn with_listener<E: JsCast>(self, event: &str, mut heard: impl FnMut(E) + 'static) -> ViewNode {
        self.add_listener(event, Box::new(move |event| heard(event.unchecked_into())))
    }

    fn add_listener(self, event: &str, heard: Box<dyn FnMut(JsValue)>) -> ViewNode {
        // The browser gives it back when it throws the element away.
        shell::listen(&self.0, event, heard, None);
        self
    }

    /// With what `draw` makes of what `read` finds, drawn anew when that changes. Nothing in it may change by itself.
    pub fn reactive_child<T: PartialEq + 'static>(
        self,
        read: impl Fn() -> T + 'static,
        draw: impl Fn(&T) -> Option<ViewNode> + 'static,
    ) -> ViewNode {
        let mut place = ViewSlot::at_end_of(&self);
        watch_value(read, move |found| place.show(draw(found)));
        self
    }

    /// With one node for each of what `read` finds, in its order; for what stays the same its node stays, too.
    pub fn reactive_list<T: PartialEq + 'static>(
        self,
        read: impl Fn() -> Vec<T> + 'static,
        draw: impl Fn(&T) -> ViewNode + 'static,
    ) -> ViewNode {
        let end = append_marker(&self);
        let parent = Owner::current().unwrap_or_default();
        let mut shown: Vec<(T, DrawnItem)> = Vec::new();
        run_effect(Box::new(move || {
            // Last one first: what is kept is mostly next, and a long list must not cost its square.
            let mut old = std::mem::take(&mut shown);
            old.reverse();
            let mut untouched = 0;
            for each in read() {
                let place = old.iter().rposition(|(own, _)| *own == each);
                let next = place.is_some_and(|place| place + 1 == old.len());
                untouched += usize::from(next && untouched == shown.len());
                shown.push(place.map(|place| old.remove(place)).unwrap_or_else(|| {
                    let owner = parent.child();
                    let node = owner.with(|| untrack(|| draw(&each)));
                    (each, DrawnItem { node, owner })
                }));
            }
            drop(old);
            arrange_nodes(&end, shown.iter().skip(untouched).map(|(_, drawn)| &drawn.node.0).rev());
        }));
        self
    }

    /// Like [`ViewNode::reactive_list`], of names. Not generic: whatever is drawn in this way shares one piece of code.
    pub fn keyed_list(
        self,
        read: Box<dyn Fn() -> Vec<u128>>,
        draw: Box<dyn Fn(u128) -> ViewNode>,
    ) -> ViewNode {
        self.reactive_list(read, move |name| draw(*name))
    }

    /// Like [`ViewNode::reactive_child`], of a number. Not generic either.
    pub fn reactive_by_number(
        self,
        read: Box<dyn Fn() -> u64>,
        draw: Box<dyn Fn(u64) -> Option<ViewNode>>,
    ) -> ViewNode {
        let mut place = ViewSlot::at_end_of(&self);
        watch_number(read, Box::new(move |number| place.show(draw(number))));
        self
    }

    /// With what `draw` makes while `read` says so.
    pub fn show_when(self, read: Box<dyn Fn() -> bool>, draw: Box<dyn Fn() -> ViewNode>) -> ViewNode {
        self.reactive_by_number(
            Box::new(move || read().into()),
            Box::new(move |shown| (shown != 0).then(&draw)),
        )
    }

    /// As the element it is.
    pub fn as_element(&self) -> &Element {
        self.0.unchecked_ref()
    }
}

/// One node of a list, with the owner of what changes in it.
struct DrawnItem {
    node: ViewNode,
    owner: Owner,
}

impl Drop for DrawnItem {
    fn drop(&mut self) {
        self.owner.cleanup();
        remove(&self.node.0);
    }
}

/// Puts `nodes`, last one first, before `end`. What stands right already is not touched: moving an element takes its
/// focus away.
fn arrange_nodes<'a>(end: &Node, nodes: impl Iterator<Item = &'a Node>) {
    let Some(parent) = end.parent_node() else { return };
    let mut next = end.clone();
    for node in nodes {
        if node.next_sibling().as_ref() != Some(&next) {
            let _ = parent.insert_before(node, Some(&next));
        }
        next.clone_from(node);
    }
}

/// Where something is shown, or nothing.
struct ViewSlot {
    end: Node,
    shown: Option<ViewNode>,
}

impl ViewSlot {
    fn at_end_of(parent: &ViewNode) -> ViewSlot {
        ViewSlot { end: append_marker(parent), shown: None }
    }

    fn show(&mut self, node: Option<ViewNode>) {
        if let Some(old) = self.shown.take() {
            remove(&old.0);
        }
        arrange_nodes(&self.end, node.iter().map(|node| &node.0));
        self.shown = node;
    }
}

/// A comment at the end of `parent`: what changes stands before it.
fn append_marker(parent: &ViewNode) -> Node {
    let comment = Comment::new().map_or_else(|_| JsValue::NULL.unchecked_into(), Node::from);
    let _ = parent.0.append_child(&comment);
    comment
}

fn remove(node: &Node) {
    if let Some(parent) = node.parent_node() {
        let _ = parent.remove_child(node);
    }
}

/// Calls `act` with what `read` finds, now and whenever that is something else.
pub fn watch_value<T: PartialEq + 'static>(
    read: impl Fn() -> T + 'static,
    mut act: impl FnMut(&T) + 'static,
) {
    let mut last = None;
    run_effect(Box::new(move || {
        let found = read();
        if last.as_ref() != Some(&found) {
            untrack(|| act(&found));
            last = Some(found);
        }
    }));
}

/// Like [`watch_value`], of a number. Not generic: what can be said as one shares one piece of code.
pub fn watch_number(read: Box<dyn Fn() -> u64>, mut act: Box<dyn FnMut(u64)>) {
    watch_value(read, move |number| act(*number));
}

/// Calls `run` now and whenever a signal it reads has changed, until the owner it was made under is done.
pub fn run_effect(mut run: Box<dyn FnMut()>) {
    let effect = RenderEffect::new(move |_: Option<()>| run());
    on_cleanup(move || drop(effect));
}
