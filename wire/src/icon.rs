//! The drawings in the panel, as the `d` of one SVG path on a ground of 24 × 24: drawn with lines 2 wide, unfilled.
//! Both the page drawn by the edge and the widget make elements of them: a style sheet could only name them by a
//! `data:` address, which the policy of a page around the widget may forbid.

/// The path of the drawing called `name`; an empty one if there is none.
pub fn icon_path(name: &str) -> &'static str {
    match name {
        "close" => "M6 6l12 12M18 6L6 18",
        "phone" => {
            "M5 4h3.6l1.7 4.5-2.2 1.6a12 12 0 0 0 5.8 5.8l1.6-2.2L20 15.4V19a1.6 1.6 0 0 1-1.7 1.6C10.6 20.1 3.9 13.4 \
             3.4 5.7A1.6 1.6 0 0 1 5 4z"
        }
        "send" => "M12 19.5V5M5.5 11.5L12 5l6.5 6.5",
        "stop" => "M8 8h8v8H8zM10 10h4v4h-4z",
        "again" => "M19.5 12a7.5 7.5 0 1 1-2.3-5.4M19.5 3.5v4h-4",
        "fee" => "M3 6.5h18v11H3zM9.5 12a2.5 2.5 0 1 0 5 0 2.5 2.5 0 1 0-5 0",
        "time" | "hours" => "M3.5 12a8.5 8.5 0 1 0 17 0 8.5 8.5 0 1 0-17 0M12 7.5V12l3 2",
        "place" => {
            "M12 21c4-4.6 6.5-7.9 6.5-11a6.5 6.5 0 1 0-13 0c0 3.1 2.5 6.4 6.5 11zM9.7 10a2.3 2.3 0 1 0 4.6 0 2.3 2.3 0 1 \
             0-4.6 0"
        }
        "file" => "M6 3.5h8l4.5 4.5v12.5H6zM14 3.5V8h4.5",
        "attach" => "M8 12.5l6-6a3.2 3.2 0 0 1 4.5 4.5l-8 8a5.2 5.2 0 0 1-7.4-7.4L11 3.7",
        "email" => "M3.5 5.5h17v13h-17zM4 7l8 6 8-6",
        "sound" => "M4 9.5v5h3.5l4.5 4v-13l-4.5 4zM15.5 9a4.2 4.2 0 0 1 0 6M18 6.5a7.8 7.8 0 0 1 0 11",
        "voice" => "M9 6.5a3 3 0 0 1 6 0v5a3 3 0 0 1-6 0zM5.5 11.5a6.5 6.5 0 0 0 13 0M12 18v3",
        "check" => "M5 12.5l4.5 4.5L19 7.5",
        "elsewhere" => "M3 6h12v4M3 6v9h8M8 19h4M16 9.5h5v10h-5zM18 17h1",
        "save" => "M12 4v11M7.5 10.5L12 15l4.5-4.5M5 19.5h14",
        "delete" => "M4.5 6.5h15M9.5 6.5V4h5v2.5M6.5 6.5l1 13h9l1-13M10 10v6M14 10v6",
        "menu" => "M3 18L8 6h1l5 12M5 14h7M15 18l3-7.5h.6l3 7.5M16.2 15.5h4.5",
        "down" => "M12 5v14M5.5 12.5L12 19l6.5-6.5",
        _ => "",
    }
}
