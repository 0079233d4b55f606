"""The pages: one module each, with its dataclass, the function that makes it and the route that renders it."""
