package view

// Markdown lets tests render authors' texts.
var Markdown = markdown

// Announced lets tests read what a screen reader says about a run.
var Announced = announced
