package view

// Markdown is what tests render of authors' texts.
var Markdown = markdown
