"""What would happen if: for now, a whole simulated company to try Otklik on."""

from otklik.scenarios.company import COMPANY_CALENDARS, Company, simulate_company

__all__ = ["COMPANY_CALENDARS", "Company", "simulate_company"]
