"""What is wrong with a roster."""

from govreport_kit.errors import GovReportError


class RosterError(GovReportError, ValueError):
    """A roster, or what is asked of it, cannot be used as it is."""
