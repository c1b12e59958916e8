package view

// Markdown is what tests render of authors' texts.
var Markdown = markdown

// Announced is what a screen reader says of a run.
var Announced = announced
