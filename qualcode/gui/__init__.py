"""The window: shows a project and asks what to do; decides nothing."""

from qualcode.gui.override_errors import let_errors_through

let_errors_through()
