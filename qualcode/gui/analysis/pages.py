"""All tables of the tables screen: how they are grouped, what they are called, and how each is made."""

from __future__ import annotations

from qualcode.gui.analysis.page import TablePage
from qualcode.gui.analysis.tab_row import TabGroup
from qualcode.gui.bridge import ProjectBridge
from qualcode.i18n import _

THEMES, PLACES, FRAMEWORK = "themes", "places", "framework"
DIFFERENCES, SEVERAL, SAME_PEOPLE, MIRRORED = "differences", "several", "same_people", "mirrored"
TOGETHER, NEAR, FOLLOWS, ORDER = "together", "near", "follows", "order"
CLOSED, JOINT, LENS, SATURATION = "closed", "joint", "lens", "saturation"
PAGES = (
    *(THEMES, PLACES, FRAMEWORK),
    *(DIFFERENCES, SEVERAL, SAME_PEOPLE, MIRRORED),
    *(TOGETHER, NEAR, FOLLOWS, ORDER),
    *(CLOSED, JOINT, LENS, SATURATION),
)


def tab_groups() -> list[TabGroup]:
    """What one can look for, each with its tables."""
    return [
        TabGroup(
            "count",
            _("Count"),
            [
                (THEMES, _("Theme × group")),
                (PLACES, _("Theme × document")),
                (FRAMEWORK, _("Framework matrix")),
            ],
        ),
        TabGroup(
            "compare",
            _("Compare"),
            [
                (DIFFERENCES, _("Two groups")),
                (SEVERAL, _("Several groups")),
                (SAME_PEOPLE, _("The same people")),
                (MIRRORED, _("Mirrored themes")),
            ],
        ),
        TabGroup(
            "together",
            _("Together"),
            [
                (TOGETHER, _("Co-occurrence")),
                (NEAR, _("Nearness")),
                (FOLLOWS, _("What follows what")),
                (ORDER, _("Order in conversations")),
            ],
        ),
        TabGroup(
            "both",
            _("Survey and conversations"),
            [
                (CLOSED, _("Closed questions")),
                (JOINT, _("Joint display")),
                (LENS, _("Survey as a lens")),
                (SATURATION, _("Saturation")),
            ],
        ),
    ]


def made_page(key: str, bridge: ProjectBridge) -> TablePage:
    """A table of its key; its module is loaded with it."""
    match key:
        case "places":
            from qualcode.gui.analysis.theme_page import ThemePage

            return ThemePage(bridge, by_place=True)
        case "together":
            from qualcode.gui.analysis.together_page import TogetherPage

            return TogetherPage(bridge)
        case "near":
            from qualcode.gui.analysis.near_page import NearPage

            return NearPage(bridge)
        case "follows":
            from qualcode.gui.analysis.near_page import FollowsPage

            return FollowsPage(bridge)
        case "order":
            from qualcode.gui.analysis.order_page import OrderPage

            return OrderPage(bridge)
        case "framework":
            from qualcode.gui.analysis.framework_page import FrameworkPage

            return FrameworkPage(bridge)
        case "differences":
            from qualcode.gui.analysis.differences_page import DifferencesPage

            return DifferencesPage(bridge)
        case "several":
            from qualcode.gui.analysis.several_page import SeveralPage

            return SeveralPage(bridge)
        case "same_people":
            from qualcode.gui.analysis.same_people_page import SamePeoplePage

            return SamePeoplePage(bridge)
        case "mirrored":
            from qualcode.gui.analysis.mirrored_page import MirroredPage

            return MirroredPage(bridge)
        case "closed":
            from qualcode.gui.analysis.closed_page import ClosedPage

            return ClosedPage(bridge)
        case "lens":
            from qualcode.gui.analysis.lens_page import LensPage

            return LensPage(bridge)
        case "saturation":
            from qualcode.gui.analysis.saturation_page import SaturationPage

            return SaturationPage(bridge)
        case "joint":
            from qualcode.gui.analysis.joint_page import JointPage

            return JointPage(bridge)
    from qualcode.gui.analysis.theme_page import ThemePage

    return ThemePage(bridge)
