"""A presenter's name in, its meshes and textures out."""
