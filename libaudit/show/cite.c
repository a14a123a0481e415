/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cite.h"

static const char entries[] =
    "@software{assay,\n"
    "  author  = {{The Assay authors}},\n"
    "  title   = {{Assay}: audits of generated corpora against real ones},\n"
    "  version = {" ASSAY_VERSION "},\n"
    "  year    = {2026},\n"
    "  license = {GPL-3.0-or-later}\n"
    "}\n"
    "\n"
    "@misc{valle2018tequilagan,\n"
    "  author        = {Valle, Rafael and Cai, Wilson and Doshi, Anish},\n"
    "  title         = {{TequilaGAN}: How to easily identify {GAN} samples},\n"
    "  year          = {2018},\n"
    "  eprint        = {1807.04919},\n"
    "  archiveprefix = {arXiv},\n"
    "  primaryclass  = {cs.LG}\n"
    "}\n"
    "\n"
    "@inproceedings{durall2020watch,\n"
    "  author    = {Durall, Ricard and Keuper, Margret and Keuper, Janis},\n"
    "  title     = {Watch your Up-Convolution: {CNN} Based Generative Deep Neural Networks are\n"
    "               Failing to Reproduce Spectral Distributions},\n"
    "  booktitle = {Proceedings of the {IEEE/CVF} Conference on Computer Vision and Pattern\n"
    "               Recognition ({CVPR})},\n"
    "  year      = {2020},\n"
    "  pages     = {7890--7899},\n"
    "  doi       = {10.1109/CVPR42600.2020.00791}\n"
    "}\n"
    "\n"
    "@inproceedings{wang2020cnn,\n"
    "  author    = {Wang, Sheng-Yu and Wang, Oliver and Zhang, Richard and Owens, Andrew and\n"
    "               Efros, Alexei A.},\n"
    "  title     = {{CNN}-generated images are surprisingly easy to spot... for now},\n"
    "  booktitle = {Proceedings of the {IEEE/CVF} Conference on Computer Vision and Pattern\n"
    "               Recognition ({CVPR})},\n"
    "  year      = {2020},\n"
    "  pages     = {8695--8704},\n"
    "  doi       = {10.1109/CVPR42600.2020.00872}\n"
    "}\n";

const char *
assay_cite_bibtex(void)
{
    return entries;
}
