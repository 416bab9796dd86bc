using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Campaign.Modules.Platform.Shared;

/// <summary><c>&lt;icon name="upload" /&gt;</c>: an icon of the sprite, which the front-end build fills with every name that the pages use.</summary>
[HtmlTargetElement("icon", TagStructure = TagStructure.WithoutEndTag)]
public sealed class IconTagHelper : TagHelper
{
    public string Name { get; set; } = "";

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = "svg";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", "icon");
        output.Attributes.SetAttribute("aria-hidden", "true");
        output.Attributes.SetAttribute("focusable", "false");
        output.Content.SetHtmlContent($"<use href=\"/lib/icons.svg#{Name}\"></use>");
    }
}
