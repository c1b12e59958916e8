package e2e_test

import (
	"bytes"
	"cmp"
	"image"
	"image/color"
	"image/draw"
	"maps"
	"slices"
	"testing"
)

// Two pictures differ if the mean color of a block does, so that small changes at the
// edges of letters don't count.
const (
	blockSize = 8 // pixels
	tolerance = 6 // of 255, in one of red, green and blue
)

// differing lists the blocks in which two pictures differ, or the whole picture if the
// sizes differ. Blocks overlap by half, so that no change can hide on a border.
func differing(want, got image.Image) (blocks []image.Rectangle) {
	before, after := drawn(want), drawn(got)
	if before.Rect == after.Rect && bytes.Equal(before.Pix, after.Pix) {
		return nil
	}
	for y := 0; y < after.Rect.Max.Y; y += blockSize / 2 {
		for x := 0; x < after.Rect.Max.X; x += blockSize / 2 {
			block := image.Rect(x, y, x+blockSize, y+blockSize).Intersect(after.Rect)
			if before.Rect != after.Rect || apart(mean(before, block), mean(after, block)) {
				blocks = append(blocks, block)
			}
		}
	}
	return blocks
}

// drawn returns a copy of a picture that begins at 0, 0.
func drawn(picture image.Image) *image.RGBA {
	size := picture.Bounds().Size()
	copied := image.NewRGBA(image.Rect(0, 0, size.X, size.Y))
	draw.Draw(copied, copied.Rect, picture, picture.Bounds().Min, draw.Src)
	return copied
}

func apart(a, b [3]int) bool {
	for i := range a {
		if max(a[i]-b[i], b[i]-a[i]) > tolerance {
			return true
		}
	}
	return false
}

// mean returns a block's mean color.
func mean(picture *image.RGBA, block image.Rectangle) (rgb [3]int) {
	for y := block.Min.Y; y < block.Max.Y; y++ {
		for x := block.Min.X; x < block.Max.X; x++ {
			for i, channel := range picture.Pix[picture.PixOffset(x, y):][:3] {
				rgb[i] += int(channel)
			}
		}
	}
	for i := range rgb {
		rgb[i] /= block.Dx() * block.Dy()
	}
	return rgb
}

// marked returns the picture with the blocks in red.
func marked(picture image.Image, blocks []image.Rectangle) image.Image {
	red := drawn(picture)
	for _, block := range blocks {
		draw.Draw(red, block, image.NewUniform(color.RGBA{R: 96, A: 96}), image.Point{}, draw.Over)
	}
	return red
}

// paletted reduces a picture to its 256 most frequent colors and maps the others to the
// nearest. A picture of text then needs a third of the bytes.
func paletted(picture image.Image) *image.Paletted {
	from := drawn(picture)
	counts := make(map[color.RGBA]int)
	for y := range from.Rect.Max.Y {
		for x := range from.Rect.Max.X {
			counts[from.RGBAAt(x, y)]++
		}
	}
	colors := slices.SortedFunc(maps.Keys(counts), func(a, b color.RGBA) int {
		return cmp.Or(counts[b]-counts[a], cmp.Compare(a.R, b.R), cmp.Compare(a.G, b.G), cmp.Compare(a.B, b.B))
	})
	var palette color.Palette
	for _, c := range colors[:min(len(colors), 256)] {
		palette = append(palette, c)
	}
	few := image.NewPaletted(from.Rect, palette)
	nearest := make(map[color.RGBA]uint8)
	for _, c := range colors {
		nearest[c] = uint8(palette.Index(c))
	}
	for y := range from.Rect.Max.Y {
		for x := range from.Rect.Max.X {
			few.SetColorIndex(x, y, nearest[from.RGBAAt(x, y)])
		}
	}
	return few
}

// TestDiffering checks that visible changes count as differences and noise doesn't.
func TestDiffering(t *testing.T) {
	type line struct {
		at   image.Rectangle
		grey uint8
	}
	sheet := func(lines ...line) image.Image {
		paper := image.NewGray(image.Rect(0, 0, 90, 50)) // not a multiple of the block size
		draw.Draw(paper, paper.Rect, image.White, image.Point{}, draw.Src)
		for _, l := range lines {
			draw.Draw(paper, l.at, image.NewUniform(color.Gray{Y: l.grey}), image.Point{}, draw.Src)
		}
		return paletted(paper)
	}
	black := line{image.Rect(10, 10, 30, 12), 0}
	want := sheet(black)
	for name, test := range map[string]struct {
		got     image.Image
		differs bool
	}{
		"the same":                {sheet(black), false},
		"painted a bit lighter":   {sheet(line{black.at, 12}), false},
		"one pixel to the side":   {sheet(line{black.at.Add(image.Pt(1, 0)), 0}), true},
		"a few pixels lower":      {sheet(line{black.at.Add(image.Pt(0, 3)), 0}), true},
		"gone":                    {sheet(), true},
		"a thin line at the edge": {sheet(black, line{image.Rect(0, 49, 90, 50), 200}), true},
		"another size":            {image.NewGray(image.Rect(0, 0, 16, 8)), true},
	} {
		if blocks := differing(want, test.got); (len(blocks) > 0) != test.differs {
			t.Errorf("%s: these blocks differ: %v", name, blocks)
		}
	}
}
