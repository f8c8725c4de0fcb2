"""What a question names: nodes, units, years, levels, by any name that the data folder or a typing hand gives them."""
