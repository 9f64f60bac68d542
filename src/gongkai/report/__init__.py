"""The statutory annual report: its form as data, reading, layout and checks."""
