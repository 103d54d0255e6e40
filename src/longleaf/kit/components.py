"""Gives templates every component under one name: `{{ ui.button("Save") }}`, without an import line per file."""

from typing import Any

from jinja2 import Environment

# Which file draws which component. docs/reference/components.md describes each; a test keeps the two alike.
FILES = {
    "actions": ("button", "link_button", "copy_link", "print_button", "button_row"),
    "icons": ("icon", "mark", "horizon"),
    "notices": ("alert", "demo_banner", "messages", "empty", "saving_state"),
    "status": ("status", "tag", "standing", "standing_mark", "standing_label"),
    "fields": (
        "text",
        "textarea",
        "select",
        "radio_cards",
        "radios",
        "checkbox",
        "checkboxes",
        "date",
        "search",
        "hidden",
        "field_frame",
        "error_summary",
        "form_field",
        "form_errors",
    ),
    "uploads": ("upload", "uploaded_file"),
    "lists": ("summary_list", "timeline", "key_figures", "links"),
    "progress": ("steps", "next_step", "meter"),
    "tables": ("table", "levels_table", "levels_choice"),
    "browsing": ("pagination", "facet", "facets", "chosen_facets", "result_count"),
    "cards": ("card", "card_grid", "panel", "person_card"),
    "disclosure": ("more", "dialog", "dialog_button", "desk_keys", "tabs"),
    "frames": ("exhibit", "quotation"),
    "times": ("when", "due"),
    "headings": ("page_heading", "section_heading", "breadcrumbs"),
}
FILE_OF = {component: file for file, components in FILES.items() for component in components}


class Components:
    """Looks a component up by name in the file that draws it, once, unless files are being worked on."""

    def __init__(self, environment: Environment) -> None:
        self._environment = environment

    def __getattr__(self, component: str) -> Any:
        """Give the macro called `component`; raise AttributeError, which a strict page turns into an error."""
        if component not in FILE_OF:
            raise AttributeError(f"There is no component called {component!r}. See docs/reference/components.md.")
        template = self._environment.get_template(f"kit/components/{FILE_OF[component]}.html")
        macro = getattr(template.module, component)
        if not self._environment.auto_reload:
            # Found here, it is not looked up again: a page calls components a hundred times.
            setattr(self, component, macro)
        return macro
