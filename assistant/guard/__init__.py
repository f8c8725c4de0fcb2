"""Does every figure, direction and quotation in a text follow from the evidence? Pure: text in, findings out."""
