"""How forms look: JupyterLab's own colours, so that they follow its theme; what is wrong has a sign and a frame."""

from __future__ import annotations

from html import escape

CSS = """
.cx-form { border: 1px solid var(--jp-border-color2, #ccc); border-radius: 4px; padding: 10px 12px 8px; max-width: 100%;
  --cx-error: var(--jp-error-color0, #b00020); }
[data-jp-theme-light="false"] .cx-form { --cx-error: var(--jp-error-color1, #ef5350); }
.cx-form .cx-title { font-size: 15px; font-weight: 600; line-height: 1.4; }
.cx-form .cx-title small { font-weight: 400; font-size: 12px; color: var(--jp-ui-font-color2, #5c5c5c); margin-left: 8px; }
.cx-form .cx-note, .cx-form .cx-details { font-size: 12px; line-height: 1.45; color: var(--jp-ui-font-color1, #333); }
.cx-form .cx-details ul { margin: 2px 0 2px; padding-left: 18px; }
.cx-form .cx-details p { margin: 2px 0; }
.cx-form .cx-state { font-size: 13px; line-height: 1.5; font-weight: 600; }
.cx-form .cx-state.cx-saved { color: var(--jp-success-color0, #1b5e20); }
.cx-form .cx-state.cx-open { color: var(--cx-error); }
.cx-form .cx-state.cx-loaded { font-weight: 400; color: var(--jp-ui-font-color2, #5c5c5c); }
.cx-scroll { overflow-x: auto; border: 1px solid var(--jp-border-color2, #ddd); margin: 6px 0; padding-bottom: 2px; }
.cx-grid { align-items: start; width: max-content; overflow: visible; }
.cx-grid .widget-html { margin: 0; height: auto; }
.cx-grid .cx-head { background: var(--jp-layout-color2, #eee); padding: 5px 6px; font-size: 12px; font-weight: 600;
  line-height: 1.3; height: 100%; box-sizing: border-box; }
.cx-grid .cx-head .widget-html-content { line-height: 1.3; font-size: 12px; }
.cx-grid .cx-number { font-size: 12px; padding: 5px 4px 0 8px; color: var(--jp-ui-font-color2, #5c5c5c); }
.cx-grid .cx-first, .cx-grid .cx-second { position: sticky; left: 0; z-index: 2; background: var(--jp-layout-color0, #fff);
  height: 100%; box-sizing: border-box; }
.cx-grid .cx-second { left: 52px; border-right: 1px solid var(--jp-border-color2, #ddd); }
.cx-grid .cx-head.cx-first, .cx-grid .cx-head.cx-second { background: var(--jp-layout-color2, #eee); }
.cx-grid .cx-cell { width: auto; margin: 0; padding: 3px 4px; height: auto; align-items: stretch; }
.cx-grid .cx-cell select, .cx-grid .cx-cell input { height: 28px; }
.cx-grid .cx-cell textarea { min-height: 46px; height: 46px; line-height: 1.35; padding: 3px 6px; }
.cx-grid .cx-cell > label.widget-label, .cx-form .cx-unseen { position: absolute; width: 1px; height: 1px; overflow: hidden;
  clip-path: inset(50%); white-space: nowrap; margin: 0; padding: 0; }
.cx-form textarea { font-family: var(--jp-ui-font-family, sans-serif); font-size: 13px; }
.cx-grid .cx-last { position: sticky; right: 0; z-index: 2; background: var(--jp-layout-color0, #fff); height: 100%;
  box-sizing: border-box; }
.cx-grid .cx-head.cx-last { background: var(--jp-layout-color2, #eee); }
.cx-grid .cx-cell.cx-second { height: 100%; align-items: flex-start; }
.cx-grid .cx-cell.cx-wrong { flex-direction: column-reverse; justify-content: flex-end; align-items: stretch; }
.cx-grid .cx-cell.cx-wrong > label.widget-label { position: static; width: auto; height: auto; clip-path: none;
  white-space: normal; text-align: left; font-size: 12px; line-height: 1.3; padding-top: 2px; overflow: visible;
  color: var(--cx-error); }
.cx-grid .cx-cell.cx-wrong input, .cx-grid .cx-cell.cx-wrong select, .cx-grid .cx-cell.cx-wrong textarea {
  flex: 0 0 auto; border: 2px solid var(--cx-error); }
.cx-grid .cx-numbers input { text-align: right; }
.cx-form .cx-icon { width: 32px; padding: 0; margin: 3px 4px; }
.cx-grid .cx-icon.cx-last { background: var(--jp-layout-color0, #fff); color: var(--jp-ui-font-color2, #5c5c5c); margin: 0;
  width: 40px; display: flex; align-items: flex-start; justify-content: center; padding-top: 5px;
  border-left: 1px solid var(--jp-border-color2, #ddd); }
.cx-grid .cx-icon.cx-last:hover, .cx-grid .cx-icon.cx-last:focus { color: var(--cx-error);
  background: var(--jp-layout-color2, #eee); }
.cx-form .cx-bar { align-items: center; flex-wrap: wrap; gap: 4px; }
.cx-form .cx-bar > .cx-push { margin-left: auto; }
.cx-form .cx-find > label.widget-label, .cx-form .cx-raw > label.widget-label { position: absolute; width: 1px; height: 1px;
  overflow: hidden; clip-path: inset(50%); }
.cx-form .cx-raw textarea { font-family: var(--jp-code-font-family, monospace); font-size: 12px; white-space: pre; }
.cx-form .cx-choice { width: auto; }
.cx-form .cx-choice select { min-width: 76px; }
.cx-form .cx-record { align-self: flex-start; margin-left: 139px; }
.cx-form .cx-choice > label.widget-label { position: absolute; width: 1px; height: 1px; overflow: hidden;
  clip-path: inset(50%); }
.cx-form .cx-ticks .widget-checkbox, .cx-form .cx-ticks .widget-label-basic { height: auto; width: auto;
  white-space: normal; line-height: 1.4; }
.cx-form .cx-list { border-top: 1px solid var(--jp-border-color2, #ddd); padding: 2px 0; align-items: center; }
"""


def style_sheet() -> str:
    """The style sheet as markup."""
    return f"<style>{CSS}</style>"


def lines(texts: list[str]) -> str:
    """Sentences as a list, escaped; nothing where there are none."""
    if not texts:
        return ""
    items = "".join(f"<li>{escape(text)}</li>" for text in texts)
    return f'<div class="cx-details"><ul>{items}</ul></div>'


def state_line(text: str, kind: str, *, spoken: bool = False) -> str:
    """How the form stands to its file; where `spoken`, read out when it changes."""
    role = ' role="status"' if spoken else ""
    return f'<div class="cx-state cx-{kind}"{role}>{escape(text)}</div>'


def heading_line(title: str, about: str) -> str:
    """The form's title, and what it is about in small."""
    return f'<div class="cx-title">{escape(title)}<small>{escape(about)}</small></div>'
